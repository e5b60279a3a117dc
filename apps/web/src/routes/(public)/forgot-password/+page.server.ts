import { forgetPassword, hasMailbox } from '#lib/server/auth-api.ts';
import { refuse, textOf } from '#lib/server/forms.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const email = textOf(await request.formData(), 'email');
    const answer = await forgetPassword(locals.api, { email });
    if (!answer.ok) return refuse(answer, { email });
    return { mailedTo: email, hasMailbox: await hasMailbox(locals.api) };
  },
};
