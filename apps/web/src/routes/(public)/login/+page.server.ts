import { redirect } from '@sveltejs/kit';
import { logIn } from '#lib/server/auth-api.ts';
import { takeFlash } from '#lib/server/flash.ts';
import { refuse, textOf } from '#lib/server/forms.ts';
import { safePath } from '#lib/server/safe-path.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { locals, url } = event;
  const next = url.searchParams.get('next');
  if (locals.session) redirect(303, safePath(next));
  return { notice: takeFlash(event), returns: next !== null };
};

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = await request.formData();
    const email = textOf(form, 'email');
    const answer = await logIn(locals.api, { email, password: textOf(form, 'password') });
    if (answer.ok) redirect(303, safePath(url.searchParams.get('next')));
    // One sentence for a wrong password, an unknown and an unconfirmed address.
    if (answer.problem === 'wrong-credentials') answer.message = m.auth_login_wrong();
    return refuse(answer, { email });
  },
};
