import type { UnseenFollows } from '@echomate/contracts/follows.dto';

/** What depends on it is asked again when somebody was answered or looked at. */
export const UNSEEN_FOLLOWS = 'follows:unseen';

const HIGHEST = 99;

/** The number on the navigation entry, or nothing. */
export const badgeOf = (unseen: UnseenFollows | null | undefined) => {
  const count = unseen ? unseen.requests + unseen.newFollowers : 0;
  if (count === 0) return null;
  return { count, shown: count > HIGHEST ? `${HIGHEST}+` : String(count) };
};
