import type { UpdateProfileRequest } from '@echomate/contracts/users.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { messageOf } from '#lib/api-answer.ts';
import { FIELD_NAMES } from '#lib/features/users/profile-fields.ts';
import { fileOf, refuse, stopAt, textsOf, toLoginIfSignedOut, textOf } from '#lib/server/forms.ts';
import {
  putPicture,
  readOwnProfile,
  removePicture,
  updateHandle,
  updateProfile,
  type ProfilePicture,
} from '#lib/server/users-api.ts';
import * as m from '#lib/generated/messages.js';
import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readOwnProfile(event.locals.api);
  if (!answer.ok) return stopAt(event, answer);
  return { profile: answer.data, earliestBirth: `${LIMITS.oldestBirthYear}-01-01` };
};

const put = (picture: ProfilePicture, field: string) => async (event: RequestEvent) => {
  const file = fileOf(await event.request.formData(), field);
  if (!file) return fail(400, { picture, pictureError: m.users_avatar_choose_first() });
  const answer = await putPicture(event.locals.api, picture, file);
  if (answer.ok) return { saved: picture };
  toLoginIfSignedOut(event, answer);
  return fail(answer.status, { picture, pictureError: messageOf(answer) });
};

const remove = (picture: ProfilePicture) => async (event: RequestEvent) => {
  const answer = await removePicture(event.locals.api, picture);
  if (answer.ok) return { saved: picture };
  toLoginIfSignedOut(event, answer);
  return fail(answer.status, { picture, pictureError: messageOf(answer) });
};

export const actions: Actions = {
  profile: async (event) => {
    const values = textsOf(await event.request.formData(), FIELD_NAMES);
    // The api validates each of them.
    const answer = await updateProfile(event.locals.api, values as UpdateProfileRequest);
    if (answer.ok) return { saved: 'profile' as const };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },

  handle: async (event) => {
    const handle = textOf(await event.request.formData(), 'handle');
    const answer = await updateHandle(event.locals.api, { handle });
    if (answer.ok) return { saved: 'handle' as const };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, { handle });
  },

  avatar: put('avatar', 'file'),
  banner: put('banner', 'banner'),
  removeAvatar: remove('avatar'),
  removeBanner: remove('banner'),
};
