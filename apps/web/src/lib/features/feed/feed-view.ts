import type { FeedReason } from '@echomate/contracts/feed.dto';
import type { Post } from '@echomate/contracts/posts.dto';
import type { ApiResult } from '#lib/api-answer.ts';
import type { ApiCalls } from '#lib/api-calls.ts';
import { listMentions } from '#lib/features/posts/posts-api.ts';
import { readFeed } from './feed-api.ts';

export const FEED_VIEWS = ['latest', 'top', 'mentions'] as const;
export type FeedView = (typeof FEED_VIEWS)[number];

/** The dependency that is invalidated to load newer posts. */
export const FEED = 'feed:first';

export const feedViewOf = (url: URL): FeedView =>
  FEED_VIEWS.find((view) => view === url.searchParams.get('view')) ?? 'latest';

export interface FeedViewPage {
  items: (Post & { reason?: FeedReason | null })[];
  nextCursor: string | null;
}

/**
 * A page that is served has as many posts as are read until the scripts have loaded the next ones: each takes 4 kB of
 * HTML.
 */
export const POSTS_SERVED = 15;

export const readFeedView = (
  api: ApiCalls,
  view: FeedView,
  cursor?: string,
  limit?: number,
): Promise<ApiResult<FeedViewPage>> =>
  view === 'mentions' ? listMentions(api, cursor, limit) : readFeed(api, view, cursor, limit);
