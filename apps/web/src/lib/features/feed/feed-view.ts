import { listMentions } from '#lib/features/posts/posts-api.ts';
import type { ApiCalls } from '#lib/api-answer.ts';
import { readFeed } from './feed-api.ts';

export const FEED_VIEWS = ['latest', 'top', 'mentions'] as const;
export type FeedView = (typeof FEED_VIEWS)[number];

/** What depends on it is asked again for newer posts. */
export const FEED = 'feed:first';

export const feedViewOf = (url: URL): FeedView =>
  FEED_VIEWS.find((view) => view === url.searchParams.get('view')) ?? 'latest';

export const readFeedView = (api: ApiCalls, view: FeedView, cursor?: string) =>
  view === 'mentions' ? listMentions(api, cursor) : readFeed(api, view, cursor);
