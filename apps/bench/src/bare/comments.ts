import { named, namedAll, type BareDatabase } from './database.ts';
import {
  AUTHOR,
  cardsReader,
  mentionedIn,
  mediaReader,
  mentionsOf,
  readable,
  oneText,
  toCard,
} from './posts.ts';
import { HIDDEN } from './rule.ts';

interface CommentRow {
  id: string;
  postId: string;
  postAuthorId: string;
  parentId: string | null;
  authorId: string;
  content: string;
  createdAt: string;
  editedAt: string | null;
  likeCount: number;
  replyCount: number;
  isLiked: number;
  handle: string;
  firstName: string;
  lastName: string;
  nickname: string | null;
  avatarId: string | null;
  visibility: string;
}

const COMMENTS = `
  SELECT c.id, c.post_id AS "postId", p.author_id AS "postAuthorId", c.parent_id AS "parentId",
    c.author_id AS "authorId", c.content, c.created_at AS "createdAt", c.edited_at AS "editedAt", ${AUTHOR},
    c.like_count - (SELECT count(*) FROM comment_likes l
      WHERE l.comment_id = c.id AND l.user_id IN ${HIDDEN}) AS "likeCount",
    c.reply_count - (SELECT count(*) FROM comments r WHERE r.author_id IN ${HIDDEN}
      AND r.post_id = c.post_id AND r.parent_id = c.id AND r.deleted_at IS NULL) AS "replyCount",
    EXISTS (SELECT 1 FROM comment_likes WHERE comment_id = c.id AND user_id = :viewer) AS "isLiked"
  FROM comments c JOIN posts p ON p.id = c.post_id JOIN users u ON u.id = c.author_id
  WHERE c.post_id = :post AND c.parent_id IS NULL AND c.deleted_at IS NULL
    AND c.author_id NOT IN ${HIDDEN}
  ORDER BY c.id DESC LIMIT :limit + 1`;

export function commentsReader(database: BareDatabase) {
  const findPost = named<{ id: string }>(database, oneText);
  const findComments = namedAll<CommentRow>(database, COMMENTS);
  const findMedia = mediaReader(database, 'comment_id');
  const findCards = cardsReader(database);
  return async (viewer: string, post: string, limit: number) => {
    if (!(await findPost({ viewer, post }))) return null;
    const rows = await findComments({ viewer, post, limit });
    const shown = rows.slice(0, limit);
    const media = await findMedia(
      viewer,
      shown.map(({ id }) => id),
    );
    const cards = await findCards(viewer, mentionedIn(shown.map(({ content }) => content)));
    return {
      items: shown.map((row) => ({
        id: row.id,
        postId: row.postId,
        parentId: row.parentId,
        author: toCard(row.authorId, row),
        content: readable(row.content, cards),
        mentions: mentionsOf(row.content, cards),
        media: media.get(row.id)?.[0] ?? null,
        likeCount: row.likeCount,
        isLiked: Boolean(row.isLiked),
        replyCount: row.replyCount,
        canDelete: viewer === row.authorId || viewer === row.postAuthorId,
        createdAt: row.createdAt,
        editedAt: row.editedAt,
      })),
      nextCursor: rows.length > limit ? shown.at(-1)!.id : null,
    };
  };
}
