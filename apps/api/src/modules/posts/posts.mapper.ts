import type { Media } from '@echomate/contracts/media.dto';
import type { Comment, Post, SharedPost } from '@echomate/contracts/posts.dto';
import { MENTION } from '@echomate/contracts/text';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { CommentRow } from './comments.repository.js';
import { mentionedIn } from './post-text.js';
import { mayDeleteComment } from './posts.policy.js';
import type { PostRow, SharedPostRow } from './posts.repository.js';

/** Loaded for a whole page at once. */
export interface Loaded {
  cards: Map<string, UserCard>;
  media: Map<string, Media[]>;
}

export const mentionsOf = (content: string, cards: Map<string, UserCard>): UserCard[] =>
  mentionedIn(content)
    .map((id) => cards.get(id))
    .filter((card) => card !== undefined);

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A text without the ids of people whom the reader may not see. */
export const readable = (content: string, cards: Map<string, UserCard>): string =>
  content.replaceAll(MENTION, (mention, id: string) => (cards.has(id) ? mention : `@${NOBODY}`));

/** Null if the author has just become hidden from the viewer. */
export function toSharedPost(
  row: SharedPostRow,
  { cards, media }: Loaded,
  viewerId: string,
): SharedPost | null {
  const author = cards.get(row.authorId);
  return author
    ? {
        id: row.id,
        author,
        audience: row.audience,
        group:
          row.groupId === null
            ? null
            : { id: row.groupId, title: row.groupTitle!, isLed: row.groupCreatorId === viewerId },
        title: row.title,
        content: readable(row.content, cards),
        mentions: mentionsOf(row.content, cards),
        media: media.get(row.id) ?? [],
        createdAt: row.createdAt,
        editedAt: row.editedAt,
      }
    : null;
}

export function toPost(
  row: PostRow,
  loaded: Loaded,
  shared: Map<string, SharedPost>,
  viewerId: string,
): Post | null {
  const post = toSharedPost(row, loaded, viewerId);
  if (!post) return null;
  const original = row.sharedId === null ? null : shared.get(row.sharedId);
  if (original === undefined) return null;
  return {
    ...post,
    shared: original,
    likeCount: row.likeCount,
    commentCount: row.commentCount,
    shareCount: row.shareCount,
    isLiked: Boolean(row.isLiked),
  };
}

export function toComment(
  row: CommentRow,
  { cards, media }: Loaded,
  viewerId: string,
): Comment | null {
  const author = cards.get(row.authorId);
  return author
    ? {
        id: row.id,
        postId: row.postId,
        parentId: row.parentId,
        author,
        content: readable(row.content, cards),
        mentions: mentionsOf(row.content, cards),
        media: media.get(row.id)?.[0] ?? null,
        likeCount: row.likeCount,
        isLiked: Boolean(row.isLiked),
        replyCount: row.replyCount,
        canDelete: mayDeleteComment(viewerId, row),
        createdAt: row.createdAt,
        editedAt: row.editedAt,
      }
    : null;
}
