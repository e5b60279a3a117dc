import { disconnectLogin, listConnected, readProviders } from '#lib/server/outside-api.ts';
import { refuse, stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const [answer, providers] = await Promise.all([listConnected(api), readProviders(api)]);
  if (!answer.ok) return stopAt(event, answer);
  const { items, hasPassword } = answer.data;
  const used = new Set(items.map(({ provider }) => provider));
  return {
    connected: items,
    hasPassword,
    others: providers.filter(({ name }) => !used.has(name)),
    now: new Date().toISOString(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const id = textOf(form, 'id');
    const answer = await disconnectLogin(event.locals.api, id, textOf(form, 'password'));
    // Disconnected in another tab meanwhile, which is the wanted result.
    if (answer.ok || answer.status === 404) return { saved: true as const };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, { id }, ['password']);
  },
};
