import { fail } from '@sveltejs/kit';
import { refuse, stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import {
  listPasskeys,
  proofOf,
  removePasskey,
  renamePasskey,
} from '#lib/server/second-factors-api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await listPasskeys(event.locals.api);
  if (!answer.ok) return stopAt(event, answer);
  return { passkeys: answer.data.items, now: new Date().toISOString() };
};

export const actions: Actions = {
  rename: async (event) => {
    const form = await event.request.formData();
    const [id, name] = [textOf(form, 'id'), textOf(form, 'name')];
    const answer = await renamePasskey(event.locals.api, id, name);
    if (answer.ok) return { isRenamed: true as const };
    toLoginIfSignedOut(event, answer);
    const { status, data } = refuse(answer, { name });
    return fail(status, { ...data, id, action: 'rename' });
  },
  remove: async (event) => {
    const form = await event.request.formData();
    const id = textOf(form, 'id');
    const answer = await removePasskey(event.locals.api, id, proofOf(form));
    if (answer.ok) return { isRemoved: true as const };
    toLoginIfSignedOut(event, answer);
    const { status, data } = refuse(answer, {}, ['password']);
    return fail(status, { ...data, id, action: 'remove' });
  },
};
