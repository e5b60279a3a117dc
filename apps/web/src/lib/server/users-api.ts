import type {
  OwnProfile,
  UpdatePrivacyRequest,
  UpdateProfileRequest,
} from '@echomate/contracts/users.dto';
import type { Api } from './api.ts';

export const readOwnProfile = (api: Api) => api.get<OwnProfile>('/users/me');

export const updateProfile = (api: Api, body: UpdateProfileRequest) =>
  api.patch<OwnProfile>('/users/me', body);

export const updatePrivacy = (api: Api, body: UpdatePrivacyRequest) =>
  api.put<OwnProfile>('/users/me/privacy', body);

export const putAvatar = (api: Api, file: File) => {
  const form = new FormData();
  form.set('file', file, file.name);
  return api.put<OwnProfile>('/users/me/avatar', form);
};

export const removeAvatar = (api: Api) => api.delete<OwnProfile>('/users/me/avatar');

export const putBanner = (api: Api, file: File) => {
  const form = new FormData();
  form.set('file', file, file.name);
  return api.put<OwnProfile>('/users/me/banner', form);
};

export const removeBanner = (api: Api) => api.delete<OwnProfile>('/users/me/banner');
