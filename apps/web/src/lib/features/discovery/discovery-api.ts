import type { DismissalKind, DiscoverySettings } from '@echomate/contracts/discovery.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const suggestPeople = (api: ApiCalls, limit?: number) =>
  api.get('/discovery/people', { limit });

export const suggestGroups = (api: ApiCalls, limit?: number) =>
  api.get('/discovery/groups', { limit });

export const discoverPosts = (api: ApiCalls, cursor?: string, limit?: number) =>
  api.get('/discovery/posts', { cursor, limit });

export const listTrends = (api: ApiCalls, limit?: number) =>
  api.get('/discovery/hashtags', { limit });

/** What somebody may not want to have suggested: an id, or a hashtag without its sign. */
export interface Dismissable {
  kind: DismissalKind;
  subject: string;
}

const LISTS = { person: 'people', group: 'groups', post: 'posts' } as const;

export const isDismissalKind = (kind: string): kind is DismissalKind =>
  kind === 'hashtag' || Object.hasOwn(LISTS, kind);

export const dismiss = (api: ApiCalls, { kind, subject }: Dismissable) =>
  kind === 'hashtag'
    ? api.put('/discovery/dismissals/hashtags/{tag}', { tag: subject })
    : api.put(`/discovery/dismissals/${LISTS[kind]}/{id}`, { id: subject });

export const takeBack = (api: ApiCalls, { kind, subject }: Dismissable) =>
  kind === 'hashtag'
    ? api.delete('/discovery/dismissals/hashtags/{tag}', { tag: subject })
    : api.delete(`/discovery/dismissals/${LISTS[kind]}/{id}`, { id: subject });

export const listDismissals = (api: ApiCalls, cursor?: string) =>
  api.get('/discovery/dismissals', { cursor });

export const readDiscoverySettings = (api: ApiCalls) => api.get('/discovery/settings');

export const saveDiscoverySettings = (api: ApiCalls, body: DiscoverySettings) =>
  api.put('/discovery/settings', { body });
