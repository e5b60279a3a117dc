import { fail } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import {
  listDismissals,
  readDiscoverySettings,
  saveDiscoverySettings,
} from '#lib/features/discovery/discovery-api.ts';
import { dismissals } from '#lib/server/dismissals.ts';
import { stopAt, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const [settings, hidden] = await Promise.all([
    readDiscoverySettings(api),
    listDismissals(api, event.url.searchParams.get('cursor') ?? undefined),
  ]);
  if (!settings.ok) return stopAt(event, settings);
  if (!hidden.ok) return stopAt(event, hidden);
  return { settings: settings.data, hidden: hidden.data };
};

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const answer = await saveDiscoverySettings(event.locals.api, {
      isSuggested: form.has('suggested'),
      usesInterests: form.has('interests'),
    });
    if (answer.ok) return { saved: true as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  },

  takeBack: dismissals.takeBack,
};
