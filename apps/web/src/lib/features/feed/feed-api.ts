import type { FeedNews, FeedPage, FeedSort } from '@echomate/contracts/feed.dto';
import type { ApiCalls } from '#lib/api-answer.ts';

export const readFeed = (api: ApiCalls, sort: FeedSort, cursor?: string) =>
  api.get<FeedPage>('/feed', { sort, cursor });

export const readFeedNews = (api: ApiCalls, after: string) =>
  api.get<FeedNews>('/feed/news', { after });
