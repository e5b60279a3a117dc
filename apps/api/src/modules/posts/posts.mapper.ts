import type { Event } from '@echomate/contracts/events.dto';
import type { Media } from '@echomate/contracts/media.dto';
import type { Comment, Post, PostContent, SharedPost } from '@echomate/contracts/posts.dto';
import { MENTION, mentionedIn } from '@echomate/contracts/text';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { CommentRow } from './comments.repository.js';
import { mayDeleteComment } from './posts.policy.js';
import type { PostRow, SharedPostRow } from './posts.repository.js';

/** Loaded for a whole page at once. */
export interface Loaded {
  cards: Map<string, UserCard>;
  media: Map<string, Media[]>;
  /** By the ids of their posts */
  events?: Map<string, Event>;
}

export const mentionsOf = (content: string, cards: Map<string, UserCard>): UserCard[] =>
  mentionedIn(content)
    .map((id) => cards.get(id))
    .filter((card) => card !== undefined);

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A text without the ids of people whom the reader may not see. */
export const readable = (content: string, cards: Map<string, UserCard>): string =>
  content.replaceAll(MENTION, (mention, id: string) => (cards.has(id) ? mention : `@${NOBODY}`));

const contentOf = (
  row: Omit<SharedPostRow, 'authorId'>,
  { cards, media }: Loaded,
  viewerId: string,
): PostContent => ({
  id: row.id,
  audience: row.audience,
  group:
    row.groupId === null
      ? null
      : { id: row.groupId, title: row.groupTitle!, isLed: row.groupCreatorId === viewerId },
  title: row.title,
  content: readable(row.content, cards),
  mentions: mentionsOf(row.content, cards),
  media: media.get(row.id) ?? [],
  imported: row.importedFrom === null ? null : { from: row.importedFrom, at: row.importedAt! },
  createdAt: row.createdAt,
  editedAt: row.editedAt,
});

/** Null if the author has just become hidden from the viewer. */
export function toSharedPost(
  row: SharedPostRow,
  loaded: Loaded,
  viewerId: string,
): SharedPost | null {
  const author = loaded.cards.get(row.authorId);
  return author ? { ...contentOf(row, loaded, viewerId), author } : null;
}

export function toPost(
  row: PostRow,
  loaded: Loaded,
  shared: Map<string, SharedPost>,
  viewerId: string,
): Post | null {
  const event = row.authorId === null ? loaded.events?.get(row.id) : null;
  const author = row.authorId === null ? event?.creator : loaded.cards.get(row.authorId);
  // Hidden from the viewer or deleted since the rows were read.
  if (event === undefined || author === undefined) return null;
  const original = row.sharedId === null ? null : shared.get(row.sharedId);
  if (original === undefined) return null;
  return {
    ...contentOf(row, loaded, viewerId),
    author,
    event,
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
