import { error, redirect } from '@sveltejs/kit';
import { logOut } from '#lib/server/auth-api.ts';
import { setFlash } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** Only a form can log out; a link someone planted elsewhere cannot. */
export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async (event) => {
    const answer = await logOut(event.locals.api);
    // Nobody may believe to be logged out who is not.
    if (!answer.ok && answer.problem !== 'not-signed-in') error(answer.status, answer.message);
    // Pictures may stay in the browser for as long as its owner does.
    event.setHeaders({ 'clear-site-data': '"cache"' });
    setFlash(event, 'logged-out');
    redirect(303, '/login');
  },
};
