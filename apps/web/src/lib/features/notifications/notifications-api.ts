import type {
  NotificationPreferencesRequest,
  PushSubscriptionRequest,
} from '@echomate/contracts/notifications.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const listNotifications = (api: ApiCalls, cursor?: string) =>
  api.get('/notifications', { cursor });

export const countUnseen = (api: ApiCalls) => api.get('/notifications/unseen');

export const markSeen = (api: ApiCalls, upTo: string) =>
  api.put('/notifications/seen', { body: { upTo } });

/** All, if none are named. */
export const markRead = (api: ApiCalls, ids?: string[]) =>
  api.put('/notifications/read', { body: ids ? { ids } : {} });

export const readPreferences = (api: ApiCalls) => api.get('/notifications/preferences');

export const savePreferences = (api: ApiCalls, body: NotificationPreferencesRequest) =>
  api.patch('/notifications/preferences', { body });

/** With the link from the daily email, by whoever has it. */
export const endDigest = (api: ApiCalls, token: string) =>
  api.post('/mail/unsubscribe/{token}', { token });

export const listMutes = (api: ApiCalls) => api.get('/notifications/mutes');

export const muteGroup = (api: ApiCalls, id: string, hours?: number) =>
  api.put('/notifications/mutes/groups/{id}', { id, body: hours ? { hours } : {} });

export const unmuteGroup = (api: ApiCalls, id: string) =>
  api.delete('/notifications/mutes/groups/{id}', { id });

export const readPush = (api: ApiCalls) => api.get('/notifications/push');

export const addPushDevice = (api: ApiCalls, body: PushSubscriptionRequest) =>
  api.put('/notifications/push', { body });

export const removePushDevice = (api: ApiCalls, id: string) =>
  api.delete('/notifications/push/{id}', { id });
