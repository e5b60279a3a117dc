import { changePassword } from '#lib/server/auth-api.ts';
import { refuse, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const answer = await changePassword(event.locals.api, {
      currentPassword: textOf(form, 'currentPassword'),
      newPassword: textOf(form, 'newPassword'),
    });
    if (answer.ok) return { saved: true as const };
    toLoginIfSignedOut(event, answer);
    if (answer.problem === 'wrong-credentials') {
      answer.message = m.settings_wrong_password();
      answer.errors = { currentPassword: m.settings_wrong_password() };
    }
    return refuse(answer);
  },
};
