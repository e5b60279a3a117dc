import type {
  ActivityPage,
  UnseenFollows,
  FollowRequestPage,
  FollowState,
  PeoplePage,
  Profile,
  Suggestions,
} from '@echomate/contracts/follows.dto';
import type { Api } from './api.ts';

export interface PeopleAsked {
  q?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export type PeopleOf = 'followers' | 'following' | 'mutuals';

const person = (id: string) => `/users/${encodeURIComponent(id)}`;

export const readProfile = (api: Api, id: string) => api.get<Profile>(person(id));

export const viewOwnProfileAs = (api: Api, as: string) =>
  api.get<Profile>('/users/me/view-as', { as });

export const findPeople = (api: Api, asked: PeopleAsked) =>
  api.get<PeoplePage>('/users', { ...asked });

export const listPeopleOf = (api: Api, id: string, which: PeopleOf, asked: PeopleAsked = {}) =>
  api.get<PeoplePage>(`${person(id)}/${which}`, { ...asked });

export const listActivity = (api: Api, id: string, cursor?: string) =>
  api.get<ActivityPage>(`${person(id)}/activity`, { cursor });

export const readSuggestions = (api: Api) => api.get<Suggestions>('/users/suggestions');

export const follow = (api: Api, id: string) => api.put<FollowState>(`${person(id)}/follow`);

export const unfollow = (api: Api, id: string) => api.delete<undefined>(`${person(id)}/follow`);

export const removeFollower = (api: Api, id: string) =>
  api.delete<undefined>(`/followers/${encodeURIComponent(id)}`);

export const listFollowRequests = (api: Api, cursor?: string) =>
  api.get<FollowRequestPage>('/follow-requests', { cursor });

export const acceptFollow = (api: Api, id: string) =>
  api.post<undefined>(`/follow-requests/${encodeURIComponent(id)}/accept`);

export const declineFollow = (api: Api, id: string) =>
  api.post<undefined>(`/follow-requests/${encodeURIComponent(id)}/decline`);

export const readUnseenFollows = (api: Api) => api.get<UnseenFollows>('/followers/unseen');

export const markFollowsSeen = (api: Api) => api.put<undefined>('/followers/unseen');

export const block = (api: Api, id: string) =>
  api.put<undefined>(`/users/me/blocks/${encodeURIComponent(id)}`);

export const unblock = (api: Api, id: string) =>
  api.delete<undefined>(`/users/me/blocks/${encodeURIComponent(id)}`);

export const listBlocked = (api: Api, asked: PeopleAsked) =>
  api.get<PeoplePage>('/users/me/blocks', { ...asked });

export const mute = (api: Api, id: string) =>
  api.put<undefined>(`/users/me/mutes/${encodeURIComponent(id)}`);

export const unmute = (api: Api, id: string) =>
  api.delete<undefined>(`/users/me/mutes/${encodeURIComponent(id)}`);

export const listMuted = (api: Api, asked: PeopleAsked) =>
  api.get<PeoplePage>('/users/me/mutes', { ...asked });
