import { fail, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { messageOf } from '#lib/api-answer.ts';
import { searchMessages, startConversation } from '#lib/features/chat/chat-api.ts';
import { stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const q = event.url.searchParams.get('q') ?? '';
  if (!q.trim()) return { q, found: null };
  const found = await searchMessages(event.locals.api, q);
  if (!found.ok) return stopAt(event, found);
  return { q, found: found.data.items };
};

export const actions: Actions = {
  start: async (event) => {
    const form = await event.request.formData();
    const answer = await startConversation(event.locals.api, textOf(form, 'userId'));
    if (answer.ok) redirect(303, resolve('/(app)/messages/[id]', { id: answer.data.id }));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  },
};
