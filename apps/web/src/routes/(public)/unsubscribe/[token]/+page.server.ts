import { fail } from '@sveltejs/kit';
import { endDigest } from '#lib/features/notifications/notifications-api.ts';
import { isDeadLink, refuse } from '#lib/server/forms.ts';
import type { Actions } from './$types';

/** Opening the page ends nothing: mail scanners open every link they find. */
export const actions: Actions = {
  default: async ({ locals, params }) => {
    const answer = await endDigest(locals.api, params.token);
    if (answer.ok) return { done: true };
    return isDeadLink(answer) ? fail(answer.status, { dead: true }) : refuse(answer);
  },
};
