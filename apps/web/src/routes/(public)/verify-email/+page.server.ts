import { fail, redirect } from '@sveltejs/kit';
import { verifyEmail } from '#lib/server/auth-api.ts';
import { readSettings } from '#lib/features/admin/site-api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isDeadLink, refuse, textOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page does not use the link: mail scanners open every link they find. */
export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
  default: async (event) => {
    const { request, locals } = event;
    const form = await request.formData();
    const password = form.has('password') ? textOf(form, 'password') : undefined;
    const { isNew: isFirst } = await locals.site();
    const answer = await verifyEmail(locals.api, { token: textOf(form, 'token'), password });
    if (!answer.ok) {
      if (isDeadLink(answer)) return fail(answer.status, { dead: true as const });
      // Not an error: in another browser than the one that registered, the page asks for a password.
      if (answer.problem === 'password-needed')
        return fail(answer.status, { asksForPassword: true as const });
      const { status, data } = refuse(answer, {}, ['password']);
      return fail(status, { ...data, asksForPassword: password !== undefined });
    }
    if (answer.data.purpose === 'application') redirect(303, '/register/waiting');
    if (answer.data.purpose === 'registration') {
      // Nobody but an admin may read them: the first one has not set the site up yet.
      const settings = isFirst ? await readSettings(locals.api) : null;
      if (settings?.ok && !settings.data.isSetUp) redirect(303, '/admin');
      setFlash(event, 'welcome');
      redirect(303, '/');
    }
    setFlash(event, 'email-changed');
    redirect(303, (await locals.session) ? '/settings/email' : '/login');
  },
};
