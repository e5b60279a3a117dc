import { dev } from '$app/env';
import { redirect } from '@sveltejs/kit';
import { logIn } from '#lib/server/auth-api.ts';
import { readDevCast } from '#lib/server/dev-cast.ts';
import { setFlash, takeFlash } from '#lib/server/flash.ts';
import { refuse, textOf } from '#lib/server/forms.ts';
import { rememberMailedTo } from '#lib/server/mailed-to.ts';
import { readProviders } from '#lib/server/outside-api.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { leadToWhatIsLeft } from '#lib/server/what-is-left.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const next = url.searchParams.get('next');
  if (await locals.session) redirect(303, safePath(next));
  return {
    notice: takeFlash(event),
    returns: next !== null,
    next: safePath(next),
    providers: await readProviders(locals.api),
    cast: dev ? readDevCast() : null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { request, locals, url } = event;
    const form = await request.formData();
    const email = textOf(form, 'email');
    const answer = await logIn(locals.api, { email, password: textOf(form, 'password') });
    if (answer.ok && answer.data.isBack) {
      setFlash(event, 'back');
      redirect(303, '/');
    }
    if (answer.ok) redirect(303, safePath(url.searchParams.get('next')));
    // Only whoever knows the password gets this answer.
    if (answer.problem === 'email-unconfirmed') {
      rememberMailedTo(event, email);
      setFlash(event, 'unconfirmed');
      redirect(303, '/register/check-mail');
    }
    leadToWhatIsLeft(answer, safePath(url.searchParams.get('next')));
    return refuse(answer, { email }, ['password']);
  },
};
