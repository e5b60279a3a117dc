import { fail, redirect } from '@sveltejs/kit';
import { verifyEmail } from '#lib/server/auth-api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isDeadLink, refuse, textOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page uses nothing up: mail scanners open every link they find. */
export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
  default: async (event) => {
    const { request, locals } = event;
    const token = textOf(await request.formData(), 'token');
    const answer = await verifyEmail(locals.api, { token });
    if (!answer.ok) {
      return isDeadLink(answer) ? fail(answer.status, { dead: true as const }) : refuse(answer);
    }
    if (answer.data.purpose === 'registration') {
      setFlash(event, 'welcome');
      redirect(303, '/');
    }
    setFlash(event, 'email-changed');
    redirect(303, locals.session ? '/settings/email' : '/login');
  },
};
