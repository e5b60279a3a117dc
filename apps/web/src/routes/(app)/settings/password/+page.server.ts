import { changePassword } from '#lib/server/auth-api.ts';
import { refuse, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
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
    return refuse(answer, {}, ['currentPassword', 'newPassword']);
  },
};
