import type { FollowNews } from '@echomate/contracts/follows.dto';

/** What depends on it is asked again when somebody was answered or looked at. */
export const FOLLOW_NEWS = 'follows:news';

const HIGHEST = 99;

/** The number on the navigation entry, or nothing. */
export const badgeOf = (news: FollowNews | null | undefined) => {
  const count = news ? news.requests + news.newFollowers : 0;
  if (count === 0) return null;
  return { count, shown: count > HIGHEST ? `${HIGHEST}+` : String(count) };
};
