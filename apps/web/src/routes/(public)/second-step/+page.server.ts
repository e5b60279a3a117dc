import { redirect } from '@sveltejs/kit';
import { setFlash } from '#lib/server/flash.ts';
import { refuse, textOf } from '#lib/server/forms.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { readSecondStep, takeSecondStep } from '#lib/server/second-factors-api.ts';
import { leadToWhatIsLeft } from '#lib/server/what-is-left.ts';
import type { Actions, PageServerLoad } from './$types';

/** For whoever has just given the password of an account that asks for a second step. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safePath(url.searchParams.get('next'));
  if (await locals.session) redirect(303, next);
  const answer = await readSecondStep(locals.api);
  if (!answer.ok) redirect(303, '/login');
  return { choices: answer.data, next };
};

export const actions: Actions = {
  default: async (event) => {
    const code = textOf(await event.request.formData(), 'code');
    const answer = await takeSecondStep(event.locals.api, { code });
    if (answer.ok && answer.data.isBack) {
      setFlash(event, 'back');
      redirect(303, '/');
    }
    if (answer.ok) redirect(303, safePath(event.url.searchParams.get('next')));
    leadToWhatIsLeft(answer);
    // It took too long, or the password was changed meanwhile.
    if (answer.problem === 'not-found') redirect(303, '/login');
    return refuse(answer, {}, ['code']);
  },
};
