import { fail, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { messageOf } from '#lib/api-answer.ts';
import { keepAccount, readLeaving } from '#lib/server/auth-api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { leadToWhatIsLeft } from '#lib/server/what-is-left.ts';
import type { Actions, PageServerLoad } from './$types';

/** For whoever has just tried to log in to an account that is about to be deleted. */
export const load: PageServerLoad = async ({ locals }) => {
  const answer = await readLeaving(locals.api);
  if (!answer.ok) redirect(303, resolve('/(public)/login'));
  return { deletesAt: answer.data.deletesAt, now: new Date().toISOString() };
};

export const actions: Actions = {
  default: async (event) => {
    const answer = await keepAccount(event.locals.api);
    if (!answer.ok) leadToWhatIsLeft(answer);
    if (!answer.ok) return fail(answer.status, { message: messageOf(answer) });
    setFlash(event, 'back');
    redirect(303, '/');
  },
};
