import { IsIn, IsOptional } from 'class-validator';
import { IsId } from './fields.js';
import { ListQuery } from './paging.dto.js';
import { Post } from './posts.dto.js';
import { sayingOneOf } from './saying.js';

export const FEED_SORTS = ['latest', 'top'] as const;
export type FeedSort = (typeof FEED_SORTS)[number];

export const FEED_REASONS = [
  'commented',
  'liked',
  'friend',
  'popular',
  'followed',
  'group',
  'own',
] as const;

/** Why a post has its position in the feed. */
export class FeedReason {
  /**
   * `commented`, `liked`: by people the viewer follows; `friend`: they follow each other;
   * `popular`: many reactions; `followed`: the viewer follows the author; `group`: the viewer is in its group;
   * `own`: it is the viewer's
   */
  kind!: (typeof FEED_REASONS)[number];
  /** How many people the viewer follows did so, or how many reactions there are */
  count!: number;
}

export class FeedItem extends Post {
  /** Null in time order */
  reason!: FeedReason | null;
}

export class FeedPage {
  items!: FeedItem[];
  nextCursor!: string | null;
}

export class FeedQuery extends ListQuery {
  /**
   * `latest` is in time order, `top` ranks the last week
   * @example latest
   */
  @IsOptional()
  @IsIn(FEED_SORTS, sayingOneOf(FEED_SORTS))
  sort: FeedSort = 'latest';
}

export class NewerPostsQuery {
  /** The newest post on the page */
  @IsId()
  after!: string;
}

export class NewerPosts {
  /** Newer posts of others, counted up to 20 */
  count!: number;
}
