import { fail } from '@sveltejs/kit';
import { changedChoices } from '#lib/features/notifications/notification-choices.ts';
import {
  listMutes,
  muteGroup,
  readPreferences,
  readPush,
  removePushDevice,
  savePreferences,
  unmuteGroup,
} from '#lib/features/notifications/notifications-api.ts';
import { unmutePost } from '#lib/features/posts/posts-api.ts';
import { UNKNOWN_READER } from '#lib/reader.ts';
import { zonesFor } from '#lib/server/event-form.ts';
import { refuse, stopAt, textOf, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { readerOf } from '#lib/server/reader.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const [preferences, push, mutes] = await Promise.all([
    readPreferences(api),
    readPush(api),
    listMutes(api),
  ]);
  if (!preferences.ok) return stopAt(event, preferences);
  if (!push.ok) return stopAt(event, push);
  if (!mutes.ok) return stopAt(event, mutes);
  const { zone } = readerOf(event);
  return {
    preferences: preferences.data,
    push: push.data,
    mutes: mutes.data.items,
    zone: zone === UNKNOWN_READER.zone ? null : zone,
    zones: zonesFor(event),
  };
};

export const actions: Actions = {
  choose: async (event) => {
    const form = await event.request.formData();
    const { api } = event.locals;
    const before = await readPreferences(api);
    if (!before.ok) return stopAt(event, before);
    const wanted = new Set(form.getAll('switch').map(String));
    const choices = changedChoices(before.data.choices, wanted);
    const answer = await savePreferences(api, { choices });
    if (answer.ok) return { chosen: true };
    toLoginIfSignedOut(event, answer);
    return refuse(answer);
  },
  times: async (event) => {
    const form = await event.request.formData();
    const values = textsOf(form, ['quietFrom', 'quietTo', 'digestHour', 'zone']);
    const answer = await savePreferences(event.locals.api, {
      quietFrom: values.quietFrom || null,
      quietTo: values.quietTo || null,
      digestHour: values.digestHour ? Number(values.digestHour) : null,
      zone: values.zone,
    });
    if (answer.ok) return { timed: true };
    toLoginIfSignedOut(event, answer);
    const refused = refuse(answer, values);
    return fail(refused.status, { times: refused.data });
  },
  removeDevice: async (event) => {
    const id = textOf(await event.request.formData(), 'id');
    const answer = await removePushDevice(event.locals.api, id);
    // It may have gone by itself.
    if (answer.ok || answer.status === 404) return { removed: true };
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
