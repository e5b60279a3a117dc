import { fail, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { messageOf } from '#lib/api-answer.ts';
import { startConversation } from '#lib/features/chat/chat-api.ts';
import { textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  start: async (event) => {
    const form = await event.request.formData();
    const answer = await startConversation(event.locals.api, textOf(form, 'userId'));
    if (answer.ok) redirect(303, resolve('/(app)/messages/[id]', { id: answer.data.id }));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  },
};
