import { fail, redirect } from '@sveltejs/kit';
import { resetPassword } from '#lib/server/auth-api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isDeadLink, refuse, textOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const form = await event.request.formData();
    const answer = await resetPassword(locals.api, {
      token: textOf(form, 'token'),
      newPassword: textOf(form, 'newPassword'),
    });
    if (!answer.ok) {
      return isDeadLink(answer)
        ? fail(answer.status, { dead: true as const })
        : refuse(answer, {}, ['newPassword']);
    }
    setFlash(event, 'password-reset');
    redirect(303, '/login');
  },
};
