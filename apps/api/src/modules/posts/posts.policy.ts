import { LIMITS } from '@echomate/contracts/limits';
import type { Audience } from '@echomate/contracts/posts.dto';

/** A share of an unlisted post would list it; a group's posts stay in the group. */
export const mayBeShared = (audience: Audience): boolean =>
  audience !== 'unlisted' && audience !== 'group';

/** Who sees the original is its author's to know, not the one's who passes it on. */
export const isShareOfAnother = (post: {
  authorId: string;
  sharedAuthorId: string | null;
}): boolean => post.sharedAuthorId !== null && post.sharedAuthorId !== post.authorId;

export const mayEditComment = (viewerId: string, comment: { authorId: string }): boolean =>
  comment.authorId === viewerId;

export const mayDeleteComment = (
  viewerId: string,
  comment: { authorId: string; postAuthorId: string },
): boolean => comment.authorId === viewerId || comment.postAuthorId === viewerId;

export const mayBeRestored = (deletedAt: string, now: Date): boolean =>
  Date.parse(deletedAt) + LIMITS.post.undoMinutes * 60_000 > now.getTime();
