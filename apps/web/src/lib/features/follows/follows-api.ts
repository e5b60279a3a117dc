import type { ApiCalls } from '#lib/api-calls.ts';

export interface PeopleAsked {
  q?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export type PeopleOf = 'followers' | 'following' | 'mutuals';

type Paged = Omit<PeopleAsked, 'q'>;

export const readProfile = (api: ApiCalls, id: string) => api.get('/users/{id}', { id });

export const viewOwnProfileAs = (api: ApiCalls, as: string) => api.get('/users/me/view-as', { as });

export const findPeople = (api: ApiCalls, asked: PeopleAsked) => api.get('/users', asked);

export const listPeopleOf = (api: ApiCalls, id: string, which: PeopleOf, asked: PeopleAsked = {}) =>
  api.get(`/users/{id}/${which}`, { id, ...asked });

export const listActivity = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/users/{id}/activity', { id, cursor });

export const follow = (api: ApiCalls, id: string) => api.put('/users/{id}/follow', { id });

export const unfollow = (api: ApiCalls, id: string) => api.delete('/users/{id}/follow', { id });

export const removeFollower = (api: ApiCalls, id: string) => api.delete('/followers/{id}', { id });

export const listFollowRequests = (api: ApiCalls, cursor?: string) =>
  api.get('/follow-requests', { cursor });

export const acceptFollow = (api: ApiCalls, userId: string) =>
  api.post('/follow-requests/{userId}/accept', { userId });

export const declineFollow = (api: ApiCalls, userId: string) =>
  api.post('/follow-requests/{userId}/decline', { userId });

export const restoreRequest = (api: ApiCalls, userId: string) =>
  api.post('/follow-requests/{userId}/restore', { userId });

export const markFollowsSeen = (api: ApiCalls) => api.put('/followers/unseen');

export const block = (api: ApiCalls, id: string) => api.put('/users/me/blocks/{id}', { id });

export const unblock = (api: ApiCalls, id: string) => api.delete('/users/me/blocks/{id}', { id });

export const listBlocked = (api: ApiCalls, asked: Paged) => api.get('/users/me/blocks', asked);

export const mute = (api: ApiCalls, id: string) => api.put('/users/me/mutes/{id}', { id });

export const unmute = (api: ApiCalls, id: string) => api.delete('/users/me/mutes/{id}', { id });

export const listMuted = (api: ApiCalls, asked: Paged) => api.get('/users/me/mutes', asked);
