import type { NewerPosts, FeedPage, FeedSort } from '@echomate/contracts/feed.dto';
import type { ApiCalls } from '#lib/api-answer.ts';

export const readFeed = (api: ApiCalls, sort: FeedSort, cursor?: string) =>
  api.get<FeedPage>('/feed', { sort, cursor });

export const readNewerPosts = (api: ApiCalls, after: string) =>
  api.get<NewerPosts>('/feed/newer', { after });
