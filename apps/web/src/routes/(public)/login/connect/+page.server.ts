import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { refuse, textOf } from '#lib/server/forms.ts';
import { connectOutside, goOn, readUnfinished } from '#lib/server/outside-api.ts';
import { leadToWhatIsLeft, wantedPath } from '#lib/server/what-is-left.ts';
import type { Actions, PageServerLoad } from './$types';

/** For whoever has come from another site and says to have an account here. */
export const load: PageServerLoad = async ({ locals }) => {
  const [answer, session] = await Promise.all([readUnfinished(locals.api), locals.session]);
  if (!answer.ok || answer.data.next !== 'connect') redirect(303, resolve('/(public)/login'));
  return { ...answer.data, isSignedIn: Boolean(session) };
};

export const actions: Actions = {
  default: async (event) => {
    const password = textOf(await event.request.formData(), 'password');
    const answer = await connectOutside(event.locals.api, { password });
    if (answer.ok) return goOn(event, answer.data);
    leadToWhatIsLeft(answer, wantedPath(event));
    return refuse(answer, {}, ['password']);
  },
};
