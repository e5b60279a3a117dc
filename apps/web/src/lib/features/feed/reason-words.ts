import type { FeedReason } from '@echomate/contracts/feed.dto';
import * as m from '#lib/paraglide/messages.js';

/** Why a post stands where it stands, as a sentence. */
export const reasonWords = ({ kind, count }: FeedReason, author: { firstName: string }): string => {
  const one = count === 1;
  switch (kind) {
    case 'commented':
      return one ? m.feed_reason_commented_one() : m.feed_reason_commented({ count: `${count}` });
    case 'liked':
      return one ? m.feed_reason_liked_one() : m.feed_reason_liked({ count: `${count}` });
    case 'friend':
      return m.feed_reason_friend({ name: author.firstName });
    case 'popular':
      return one ? m.feed_reason_popular_one() : m.feed_reason_popular({ count: `${count}` });
    case 'followed':
      return m.feed_reason_followed({ name: author.firstName });
    case 'own':
      return m.feed_reason_own();
  }
};
