import type {
  UpdateHandleRequest,
  UpdatePrivacyRequest,
  UpdateProfileRequest,
} from '@echomate/contracts/users.dto';
import type { Api } from './api.ts';

export const readOwnProfile = (api: Api) => api.get('/users/me');

export const updateProfile = (api: Api, body: UpdateProfileRequest) =>
  api.patch('/users/me', { body });

export const updateHandle = (api: Api, body: UpdateHandleRequest) =>
  api.put('/users/me/handle', { body });

export const updatePrivacy = (api: Api, body: UpdatePrivacyRequest) =>
  api.put('/users/me/privacy', { body });

export const settle = (api: Api) => api.delete('/users/me/first-steps');

/** The pictures on a profile. */
export type ProfilePicture = 'avatar' | 'banner';

export const putPicture = (api: Api, picture: ProfilePicture, file: File) => {
  const body = new FormData();
  body.set('file', file, file.name);
  return api.put(`/users/me/${picture}`, { body });
};

export const removePicture = (api: Api, picture: ProfilePicture) =>
  api.delete(`/users/me/${picture}`);
