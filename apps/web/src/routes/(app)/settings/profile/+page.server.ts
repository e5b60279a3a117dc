import type { FieldVisibility } from '@echomate/contracts/users.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { fileOf, refuse, stopAt, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import {
  putAvatar,
  putBanner,
  readOwnProfile,
  removeAvatar,
  removeBanner,
  updateProfile,
} from '#lib/server/users-api.ts';
import * as m from '#lib/paraglide/messages.js';
import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = [
  'firstName',
  'lastName',
  'nickname',
  'about',
  'dateOfBirth',
  'dateOfBirthVisibility',
] as const;

export const load: PageServerLoad = async (event) => {
  const answer = await readOwnProfile(event.locals.api);
  if (!answer.ok) return stopAt(event, answer);
  return { profile: answer.data, earliestBirth: `${LIMITS.oldestBirthYear}-01-01` };
};

export const actions: Actions = {
  profile: async (event) => {
    const values = textsOf(await event.request.formData(), FIELDS);
    const answer = await updateProfile(event.locals.api, {
      ...values,
      // The api judges it like every other field.
      dateOfBirthVisibility: values.dateOfBirthVisibility as FieldVisibility,
    });
    if (answer.ok) return { saved: 'profile' as const };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },

  avatar: async (event) => {
    const file = fileOf(await event.request.formData(), 'file');
    if (!file) return fail(400, { avatarError: m.users_avatar_choose_first() });
    const answer = await putAvatar(event.locals.api, file);
    if (answer.ok) return { saved: 'avatar' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, {
      avatarError: answer.errors.file ?? answer.errors.avatar ?? answer.message,
    });
  },

  removeAvatar: async (event) => {
    const answer = await removeAvatar(event.locals.api);
    if (answer.ok) return { saved: 'avatar' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { avatarError: answer.message });
  },

  banner: async (event) => {
    const file = fileOf(await event.request.formData(), 'banner');
    if (!file) return fail(400, { bannerError: m.users_avatar_choose_first() });
    const answer = await putBanner(event.locals.api, file);
    if (answer.ok) return { saved: 'banner' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { bannerError: answer.errors.file ?? answer.message });
  },

  removeBanner: async (event) => {
    const answer = await removeBanner(event.locals.api);
    if (answer.ok) return { saved: 'banner' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { bannerError: answer.message });
  },
};
