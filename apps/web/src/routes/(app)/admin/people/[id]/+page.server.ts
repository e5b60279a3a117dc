import { redirect } from '@sveltejs/kit';
import type { Role } from '@echomate/contracts/users.dto';
import { resolve } from '$app/paths';
import { changeRole, readPerson } from '#lib/features/admin/admin-api.ts';
import { refuse, stopAt, textOf, toLoginIfSignedOut, viewerOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readPerson(event.locals.api, event.params.id);
  return answer.ok ? { person: answer.data } : stopAt(event, answer);
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const role = textOf(form, 'role');
    const answer = await changeRole(event.locals.api, event.params.id, {
      // The api validates it like every other field.
      role: role as Role,
      password: textOf(form, 'password'),
    });
    if (!answer.ok) {
      toLoginIfSignedOut(event, answer);
      return refuse(answer, { role }, ['password']);
    }
    // Who has given up the role can't see this page any more.
    const viewer = await viewerOf(event);
    if (viewer.id === event.params.id && role !== 'admin') redirect(303, resolve('/(app)'));
    return { saved: true };
  },
};
