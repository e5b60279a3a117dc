import { fail, redirect } from '@sveltejs/kit';
import { returnEmail } from '#lib/server/auth-api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isDeadLink, refuse, textOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page does not use the link: mail scanners open every link they find. */
export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const answer = await returnEmail(event.locals.api, {
      token: textOf(form, 'token'),
      newPassword: textOf(form, 'newPassword'),
    });
    if (!answer.ok) {
      return isDeadLink(answer)
        ? fail(answer.status, { dead: true as const })
        : refuse(answer, {}, ['newPassword']);
    }
    setFlash(event, 'email-returned');
    redirect(303, '/login');
  },
};
