import { LIMITS } from '@echomate/contracts/limits';
import type { Audience } from '@echomate/contracts/posts.dto';
import { isOver } from '../../platform/periods.js';

/**
 * A share of an unlisted post would list it, one of a post for its author alone would be seen by nobody else; a group's
 * posts stay in the group.
 */
export const mayBeShared = (audience: Audience): boolean =>
  !['unlisted', 'me', 'group'].includes(audience);

/**
 * Of a post from another installation: never wider than it was there. Somebody with a private profile had followers for
 * readers, whom a public one here would not hold to.
 */
export function audienceHere(
  audience: Audience,
  { isInGroup, isOpener }: { isInGroup: boolean; isOpener: boolean },
): Audience {
  if (audience === 'group') return isInGroup ? 'group' : 'me';
  if (!isOpener) return audience;
  return audience === 'public' ? 'followers' : audience === 'unlisted' ? 'me' : audience;
}

export const whyNotShared = (audience: Audience) =>
  audience === 'me' ? 'only-yours' : audience === 'group' ? 'group-post' : 'link-only';

/** Only the author of the original may know who sees it, not the person who shares it. */
export const isShareOfAnother = (post: {
  authorId: string | null;
  sharedAuthorId: string | null;
}): boolean => post.sharedAuthorId !== null && post.sharedAuthorId !== post.authorId;

export const mayEditComment = (viewerId: string, comment: { authorId: string }): boolean =>
  comment.authorId === viewerId;

export const mayDeleteComment = (
  viewerId: string,
  comment: { authorId: string; postAuthorId: string | null; isUnderOwnEvent: boolean | number },
): boolean =>
  comment.authorId === viewerId ||
  comment.postAuthorId === viewerId ||
  Boolean(comment.isUnderOwnEvent);

export const mayBeRestored = (deletedAt: string, now: Date): boolean =>
  !isOver(deletedAt, { minutes: LIMITS.post.undoMinutes }, now);
