import { kindsInWords } from '#lib/features/notifications/notification-words.ts';
import {
  listMutes,
  muteGroup,
  readPreferences,
  savePreferences,
  unmuteGroup,
} from '#lib/features/notifications/notifications-api.ts';
import { unmutePost } from '#lib/features/posts/posts-api.ts';
import { refuse, stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const [preferences, mutes] = await Promise.all([readPreferences(api), listMutes(api)]);
  if (!preferences.ok) return stopAt(event, preferences);
  if (!mutes.ok) return stopAt(event, mutes);
  return { silenced: preferences.data.silenced, mutes: mutes.data.items };
};

export const actions: Actions = {
  save: async (event) => {
    const wanted = (await event.request.formData()).getAll('kind');
    const silenced = kindsInWords()
      .map(({ kind }) => kind)
      .filter((kind) => !wanted.includes(kind));
    const answer = await savePreferences(event.locals.api, silenced);
    if (answer.ok) return { saved: true };
    toLoginIfSignedOut(event, answer);
    return refuse(answer);
  },
  muteGroup: async (event) => {
    const form = await event.request.formData();
    const hours = Number(textOf(form, 'hours')) || undefined;
    const answer = await muteGroup(event.locals.api, textOf(form, 'groupId'), hours);
    if (answer.ok) return { muted: true };
    toLoginIfSignedOut(event, answer);
    return refuse(answer);
  },
  unmute: async (event) => {
    const form = await event.request.formData();
    const [postId, groupId] = [textOf(form, 'postId'), textOf(form, 'groupId')];
    const { api } = event.locals;
    const answer = await (postId ? unmutePost(api, postId) : unmuteGroup(api, groupId));
    if (answer.ok) return { unmuted: true };
    toLoginIfSignedOut(event, answer);
    return refuse(answer);
  },
};
