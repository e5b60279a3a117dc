import * as m from '#lib/generated/messages.js';

/** The api counts no further shares. */
const MOST_SHARES = 100;

export const likeWords = (count: number) => m.posts_like_count({ count });
export const commentWords = (count: number) => m.posts_comment_count({ count });
export const shareWords = (count: number) =>
  m.posts_share_count({ count, shown: count >= MOST_SHARES ? `${MOST_SHARES}+` : count });
export const personWords = (count: number) => m.posts_person_count({ count });
