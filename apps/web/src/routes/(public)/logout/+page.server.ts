import { error, redirect } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import { logOut } from '#lib/server/auth-api.ts';
import { setFlash } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** Only a form logs out, so that a link on another site cannot. */
export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async (event) => {
    const answer = await logOut(event.locals.api);
    // Nobody may be told that they are logged out while they are not.
    if (!answer.ok && answer.problem !== 'not-signed-in') error(answer.status, messageOf(answer));
    // Cached pictures may stay only while their owner is logged in.
    event.setHeaders({ 'clear-site-data': '"cache"' });
    setFlash(event, 'logged-out');
    redirect(303, '/login');
  },
};
