import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { appealSuspension, readSuspension } from '#lib/features/moderation/moderation-api.ts';
import { refuse, textsOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** For whoever has just tried to log in to a suspended account. */
export const load: PageServerLoad = async ({ locals }) => {
  const answer = await readSuspension(locals.api);
  if (!answer.ok) redirect(303, resolve('/(public)/login'));
  return { decision: answer.data.decision, now: new Date().toISOString() };
};

export const actions: Actions = {
  appeal: async (event) => {
    const values = textsOf(await event.request.formData(), ['words']);
    const answer = await appealSuspension(event.locals.api, values.words);
    if (answer.ok) redirect(303, resolve('/(public)/suspended'));
    return refuse(answer, values);
  },
};
