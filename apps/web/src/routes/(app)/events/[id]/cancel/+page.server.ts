import { error, fail, redirect } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import { eventPath, groupEventsPath } from '#lib/features/events/event-path.ts';
import { cancelEvent, deleteEvent } from '#lib/features/events/events-api.ts';
import * as m from '#lib/generated/messages.js';
import { textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { event: shown } = await event.parent();
  if (!shown.mayEdit) error(404, m.error_missing_text());
};

export const actions: Actions = {
  cancel: async (event) => {
    const form = await event.request.formData();
    const scope = textOf(form, 'scope') === 'following' ? 'following' : 'this';
    const answer = await cancelEvent(event.locals.api, event.params.id, scope);
    if (answer.ok) redirect(303, eventPath(event.params.id));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  },
  delete: async (event) => {
    const groupId = textOf(await event.request.formData(), 'groupId');
    const answer = await deleteEvent(event.locals.api, event.params.id);
    if (answer.ok) redirect(303, groupEventsPath(groupId));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  },
};
