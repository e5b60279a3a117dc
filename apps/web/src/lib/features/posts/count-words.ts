import * as m from '#lib/paraglide/messages.js';

/** The api stops counting shares there. */
const MOST_SHARES = 100;

const numbers = new Intl.NumberFormat('en');
export const numberOf = (count: number) => numbers.format(count);

export const likeWords = (count: number) =>
  count === 1 ? m.posts_likes_one() : m.posts_likes_many({ count: numberOf(count) });

export const commentWords = (count: number) =>
  count === 1 ? m.posts_comments_one() : m.posts_comments_many({ count: numberOf(count) });

export const shareWords = (count: number) =>
  count === 1
    ? m.posts_shares_one()
    : m.posts_shares_many({ count: count >= MOST_SHARES ? `${MOST_SHARES}+` : numberOf(count) });

export const personWords = (count: number) =>
  count === 1 ? m.posts_people_one() : m.posts_people_many({ count: numberOf(count) });
