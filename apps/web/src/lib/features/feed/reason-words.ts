import type { FeedReason } from '@echomate/contracts/feed.dto';
import * as m from '#lib/generated/messages.js';

/** Why a post has its position in the feed, as a sentence. */
export const reasonWords = (
  { kind, count }: FeedReason,
  author: { firstName: string } | null,
): string => {
  switch (kind) {
    case 'commented':
      return m.feed_reason_commented({ count });
    case 'liked':
      return m.feed_reason_liked({ count });
    case 'friend':
      return m.feed_reason_friend({ name: author?.firstName ?? m.posts_someone() });
    case 'popular':
      return m.feed_reason_popular({ count });
    case 'followed':
      return m.feed_reason_followed({ name: author?.firstName ?? m.posts_someone() });
    case 'group':
      return m.feed_reason_group();
    case 'own':
      return m.feed_reason_own();
  }
};
