import {
  listNotifications,
  markRead,
  markSeen,
} from '#lib/features/notifications/notifications-api.ts';
import { refuse, stopAt, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listNotifications(api, cursor);
  if (!answer.ok) return stopAt(event, answer);
  // A preloaded page has not been seen: with scripts, the page says so itself once shown.
  const { newest } = answer.data;
  if (!event.isDataRequest && !cursor && newest) await markSeen(api, newest);
  return { notifications: answer.data, now: new Date().toISOString() };
};

export const actions: Actions = {
  read: async (event) => {
    const answer = await markRead(event.locals.api);
    if (answer.ok) return;
    toLoginIfSignedOut(event, answer);
    return refuse(answer);
  },
};
