import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { setFlash } from '#lib/server/flash.ts';
import { refuse, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { deactivateAccount } from '#lib/server/leaving-api.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const password = textOf(await event.request.formData(), 'password');
    const answer = await deactivateAccount(event.locals.api, { password });
    if (answer.ok) {
      // Cached pictures may stay only while their owner is logged in.
      event.setHeaders({ 'clear-site-data': '"cache"' });
      setFlash(event, 'deactivated');
      redirect(303, resolve('/(public)/login'));
    }
    toLoginIfSignedOut(event, answer);
    return refuse(answer, {}, ['password']);
  },
};
