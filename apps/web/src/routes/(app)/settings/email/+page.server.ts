import { changeEmail, hasMailbox } from '#lib/server/auth-api.ts';
import { takeFlash } from '#lib/server/flash.ts';
import { refuse, stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { readOwnProfile } from '#lib/server/users-api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readOwnProfile(event.locals.api);
  if (!answer.ok) return stopAt(event, answer);
  return { email: answer.data.email, changed: takeFlash(event) === 'email-changed' };
};

export const actions: Actions = {
  default: async (event) => {
    const { api } = event.locals;
    const form = await event.request.formData();
    const newEmail = textOf(form, 'newEmail');
    const answer = await changeEmail(api, { newEmail, password: textOf(form, 'password') });
    if (answer.ok) return { mailedTo: newEmail, hasMailbox: await hasMailbox(api) };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, { newEmail }, ['password']);
  },
};
