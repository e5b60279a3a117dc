import type { FeedSort } from '@echomate/contracts/feed.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const readFeed = (api: ApiCalls, sort: FeedSort, cursor?: string, limit?: number) =>
  api.get('/feed', { sort, cursor, limit });

export const readNewerPosts = (api: ApiCalls, after: string) => api.get('/feed/newer', { after });
