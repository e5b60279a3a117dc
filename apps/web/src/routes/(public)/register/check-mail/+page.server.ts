import { fail } from '@sveltejs/kit';
import { correctEmail, hasMailbox, resendConfirmation } from '#lib/server/auth-api.ts';
import { takeFlash } from '#lib/server/flash.ts';
import { refuse, textOf } from '#lib/server/forms.ts';
import { readMailedTo, rememberMailedTo } from '#lib/server/mailed-to.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  mailedTo: readMailedTo(event),
  isUnconfirmed: takeFlash(event) === 'unconfirmed',
  hasMailbox: await hasMailbox(event.locals.api),
});

export const actions: Actions = {
  again: async ({ locals }) => {
    const answer = await resendConfirmation(locals.api);
    return answer.ok
      ? { sent: 'again' as const }
      : fail(answer.status, { refused: answer.message });
  },

  correct: async (event) => {
    const email = textOf(await event.request.formData(), 'email').trim();
    const answer = await correctEmail(event.locals.api, { email });
    if (!answer.ok) return refuse(answer, { email });
    rememberMailedTo(event, email);
    return { sent: 'corrected' as const };
  },
};
