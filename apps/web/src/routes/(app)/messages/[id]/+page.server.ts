import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { messageOf } from '#lib/api-answer.ts';
import {
  acceptConversation,
  declineConversation,
  listMessages,
  markRead,
  readConversation,
  sendMessage,
  updateConversation,
} from '#lib/features/chat/chat-api.ts';
import * as m from '#lib/generated/messages.js';
import { randomId } from '#lib/random-id.ts';
import { stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { safePath } from '#lib/server/safe-path.ts';
import type { Api, ApiResult } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 30;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const { id } = event.params;
  const asked = (name: string) => event.url.searchParams.get(name) ?? undefined;
  const [conversation, messages] = await Promise.all([
    readConversation(api, id),
    listMessages(api, id, { limit: SHOWN, before: asked('before'), around: asked('around') }),
  ]);
  if (conversation.status === 400) error(404, m.error_missing_text());
  if (!conversation.ok) return stopAt(event, conversation);
  if (!messages.ok) return stopAt(event, messages);
  const newest = messages.data.items[0];
  // A preloaded page has not been seen: with scripts, the page marks it itself once it is shown.
  if (!event.isDataRequest && newest && !conversation.data.isRequest)
    await markRead(api, id, newest.id);
  return { conversation: conversation.data, messages: messages.data, formKey: randomId() };
};

type Perform = (api: Api, id: string, form: FormData) => Promise<ApiResult<unknown>>;
type Event = RequestEvent<{ id: string }, '/(app)/messages/[id]'>;

const act = (perform: Perform, leadsTo?: () => string) => async (event: Event) => {
  const form = await event.request.formData();
  const answer = await perform(event.locals.api, event.params.id, form);
  if (!answer.ok) {
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { content: textOf(form, 'content'), message: messageOf(answer) });
  }
  const back = textOf(form, 'back');
  if (back) redirect(303, safePath(back));
  if (leadsTo) redirect(303, leadsTo());
};

const flagOf = (form: FormData, name: string) => {
  const value = textOf(form, name);
  return value ? value === 'true' : undefined;
};

export const actions: Actions = {
  send: act((api, id, form) =>
    sendMessage(api, id, {
      content: textOf(form, 'content'),
      clientId: textOf(form, 'clientId') || randomId(),
    }),
  ),
  accept: act((api, id) => acceptConversation(api, id)),
  decline: act(
    (api, id) => declineConversation(api, id),
    () => resolve('/(app)/messages'),
  ),
  update: act((api, id, form) =>
    updateConversation(api, id, {
      isMuted: flagOf(form, 'isMuted'),
      isArchived: flagOf(form, 'isArchived'),
    }),
  ),
};
