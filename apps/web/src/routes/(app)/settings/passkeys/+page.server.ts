import { fail } from '@sveltejs/kit';
import { refuse, stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { listPasskeys, proofOf, removePasskey } from '#lib/server/second-factors-api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await listPasskeys(event.locals.api);
  if (!answer.ok) return stopAt(event, answer);
  return { passkeys: answer.data.items, now: new Date().toISOString() };
};

export const actions: Actions = {
  remove: async (event) => {
    const form = await event.request.formData();
    const id = textOf(form, 'id');
    const answer = await removePasskey(event.locals.api, id, proofOf(form));
    if (answer.ok) return { isRemoved: true as const };
    toLoginIfSignedOut(event, answer);
    const { status, data } = refuse(answer, {}, ['password']);
    return fail(status, { ...data, id });
  },
};
