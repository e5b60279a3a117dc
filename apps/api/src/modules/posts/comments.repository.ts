import { Injectable } from '@nestjs/common';
import {
  canSeeComment,
  canSeePost,
  commentColumns,
  isCommentOpen,
  postColumns,
} from '../../access/post.access.js';
import { leads } from '../../access/group.access.js';
import { hiddenLikes, hiddenReplies } from '../../access/hidden-counts.access.js';
import { isActive, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  named,
  selected,
  sql,
  Statement,
  type Reader,
  type Transaction,
} from '../../platform/database/statements.js';
import { Comment } from './entities/comment.entity.js';

/** Likes and replies are counted for everyone; `VisibleCounts` subtracts what is hidden from the viewer. */
export interface CommentRow {
  id: string;
  postId: string;
  postAuthorId: string | null;
  /** Whether the viewer may change the event that the post is there for */
  isUnderOwnEvent: boolean | number;
  parentId: string | null;
  authorId: string;
  content: string;
  likeCount: number;
  replyCount: number;
  hiddenLikes: number | null;
  hiddenReplies: number | null;
  isLiked: boolean | number;
  createdAt: string;
  editedAt: string | null;
}

const DELETED_AT_ONCE = 250;

const columns = commentColumns(sql`c`);

const viewer = named('viewer');

const SHOWN = {
  postId: sql`c.post_id`,
  postAuthorId: sql`p.author_id`,
  isUnderOwnEvent: sql`(p.author_id IS NULL AND (${leads(viewer, sql`p.group_id`)} OR EXISTS (
    SELECT 1 FROM event_series made WHERE made.id = p.id AND made.creator_id = ${viewer})))`,
  parentId: sql`c.parent_id`,
  authorId: sql`c.author_id`,
  content: sql`c.content`,
  createdAt: sql`c.created_at`,
  editedAt: sql`c.edited_at`,
  likeCount: sql`c.like_count`,
  hiddenLikes: hiddenLikes('comment', viewer, { id: sql`c.id`, likeCount: sql`c.like_count` }),
  replyCount: sql`c.reply_count`,
  hiddenReplies: hiddenReplies(viewer, {
    id: sql`c.id`,
    postId: sql`c.post_id`,
    postAuthorId: sql`p.author_id`,
    replyCount: sql`c.reply_count`,
  }),
  isLiked: sql`EXISTS (SELECT 1 FROM comment_likes l WHERE l.comment_id = c.id AND l.user_id = ${viewer})`,
};

const rule = narrowed(
  canSeePost(viewer, postColumns(sql`p`)),
  isCommentOpen(viewer, columns, sql`p.author_id`),
);

const ON_POST = {
  rows: sql`posts p JOIN comments c ON c.post_id = p.id WHERE p.id = ${named('post')} AND c.parent_id IS NULL`,
  id: sql`c.id`,
  columns: SHOWN,
  rule,
};

const REPLIES = {
  rows: sql`comments c JOIN posts p ON p.id = c.post_id WHERE c.parent_id = ${named('parent')}`,
  id: sql`c.id`,
  columns: SHOWN,
  rule,
};

const VISIBLE = sql`
  SELECT c.id, ${selected(SHOWN)} FROM comments c JOIN posts p ON p.id = c.post_id
  WHERE c.id = ${named('comment')} AND ${canSeeComment(viewer, columns)}`;

/** Its author, and the author of the comment it replies to, are active. */
const SHOULD_COUNT = sql`(${isActive(sql`comments.author_id`)} AND (comments.parent_id IS NULL OR EXISTS (
  SELECT 1 FROM comments AS parent
  WHERE parent.id = comments.parent_id AND ${isActive(sql`parent.author_id`)})))`;

@Injectable()
export class CommentsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; none if the viewer may not see the post. */
  findOnPost(
    viewerId: string,
    postId: string,
    before: string | null,
    limit: number,
  ): Promise<CommentRow[]> {
    const values = { viewer: viewerId, post: postId };
    return findInPortions<CommentRow>(this.database, ON_POST, before, limit, { values });
  }

  /** Oldest first, as a conversation is read; none if the viewer may not see the post. */
  findReplies(
    viewerId: string,
    parentId: string,
    after: string | null,
    limit: number,
  ): Promise<CommentRow[]> {
    const values = { viewer: viewerId, parent: parentId };
    return findInPortions<CommentRow>(this.database, REPLIES, after, limit, {
      order: 'oldest first',
      values,
    });
  }

  findVisible(
    viewerId: string,
    id: string,
    reader: Reader = this.database,
  ): Promise<CommentRow | null> {
    return reader.one(new Statement(VISIBLE, { viewer: viewerId, comment: id }));
  }

  /** For the author only, even if the post is hidden from them: everyone can delete what they wrote. */
  findOwn(
    transaction: Transaction,
    authorId: string,
    id: string,
  ): Promise<Pick<Comment, 'id' | 'postId' | 'parentId'> | null> {
    return transaction.one(sql`
      SELECT id, post_id AS "postId", parent_id AS "parentId" FROM comments
      WHERE id = ${id} AND author_id = ${authorId} AND deleted_at IS NULL`);
  }

  async insert(
    transaction: Transaction,
    comment: Pick<Comment, 'id' | 'postId' | 'authorId' | 'parentId' | 'content'>,
  ): Promise<void> {
    const { id, postId, authorId, parentId, content } = comment;
    // Not counted yet: `recount` decides that.
    await transaction.run(sql`
      INSERT INTO comments (id, post_id, author_id, parent_id, content, created_at, is_counted)
      VALUES (${id}, ${postId}, ${authorId}, ${parentId}, ${content}, ${new Date().toISOString()}, false)`);
    await this.recount(transaction, [id]);
  }

  async update(transaction: Transaction, id: string, content: string): Promise<void> {
    await transaction.update(Comment, { id }, { content, editedAt: new Date().toISOString() });
  }

  /** Whoever it is by, including deleted ones. */
  findRow(
    transaction: Transaction,
    id: string,
  ): Promise<Pick<Comment, 'id' | 'postId' | 'parentId' | 'deletedAt'> | null> {
    return transaction.one(sql`
      SELECT c.id, c.post_id AS "postId", c.parent_id AS "parentId", c.deleted_at AS "deletedAt"
      FROM comments c WHERE c.id = ${id}`);
  }

  /** Deletes replies too, a portion at a time, and returns all that were deleted. */
  async delete(
    transaction: Transaction,
    { id, postId, parentId }: Pick<Comment, 'id' | 'postId' | 'parentId'>,
  ): Promise<string[]> {
    const gone: { id: string; isCounted: boolean | number }[] = [];
    for (let some = DELETED_AT_ONCE; some === DELETED_AT_ONCE;) {
      const rows = await transaction.many<(typeof gone)[number]>(sql`
        UPDATE comments SET deleted_at = ${new Date().toISOString()}, content = '', reply_count = 0
        WHERE id IN (
          SELECT c.id FROM comments c WHERE c.parent_id = ${id} AND c.deleted_at IS NULL
          UNION ALL SELECT c.id FROM comments c WHERE c.id = ${id} AND c.deleted_at IS NULL
          LIMIT ${DELETED_AT_ONCE})
        RETURNING id, is_counted AS "isCounted"`);
      gone.push(...rows);
      some = rows.length;
    }
    const counted = gone.filter(({ isCounted }) => isCounted);
    const isOneOfThem = counted.some((comment) => comment.id === id);
    await this.count(transaction, postId, parentId, -counted.length, isOneOfThem ? -1 : 0);
    return gone.map((comment) => comment.id);
  }

  /** For an export: the comments a person has not deleted. */
  findSaidBy(
    authorId: string,
    after: string,
    limit: number,
  ): Promise<Pick<Comment, 'id' | 'postId' | 'parentId' | 'content' | 'createdAt' | 'editedAt'>[]> {
    const list = {
      rows: sql`comments c WHERE c.author_id = ${authorId} AND c.deleted_at IS NULL`,
      id: sql`c.id`,
      columns: {
        postId: sql`c.post_id`,
        parentId: sql`c.parent_id`,
        content: sql`c.content`,
        createdAt: sql`c.created_at`,
        editedAt: sql`c.edited_at`,
      },
      rule: canSeeComment(sql`${authorId}`, columns),
    };
    return findInPortions(this.database, list, after, limit, { order: 'oldest first' });
  }

  /** A portion of a person's comments, including deleted ones. */
  async findIdsBy(authorId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
        SELECT id FROM comments WHERE author_id = ${authorId} AND id > ${after} ORDER BY id LIMIT ${limit}`);
  }

  async findReplyIds(parentId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
        SELECT id FROM comments WHERE parent_id = ${parentId} AND id > ${after} ORDER BY id LIMIT ${limit}`);
  }

  /** Corrects which of these comments are counted, and the counters. */
  async recount(transaction: Transaction, ids: string[]): Promise<void> {
    // Waits for answers that are being written, which refer to their parent.
    await transaction.lockRows(sql`comments`, ids);
    const changed = await transaction.many<{
      postId: string;
      parentId: string | null;
      isCounted: boolean | number;
    }>(sql`
      UPDATE comments SET is_counted = ${SHOULD_COUNT}
      WHERE id IN (${anyOf(ids)}) AND deleted_at IS NULL AND is_counted <> ${SHOULD_COUNT}
      RETURNING post_id AS "postId", parent_id AS "parentId", is_counted AS "isCounted"`);
    // In a fixed order, which prevents deadlocks between recounts.
    changed.sort((one, other) => (one.postId < other.postId ? -1 : 1));
    for (const { postId, parentId, isCounted } of changed) {
      const by = isCounted ? 1 : -1;
      await this.count(transaction, postId, parentId, by, by);
    }
  }

  /** Including deleted ones; replies before the comments they reply to. */
  async findNewestIdsOn(
    transaction: Transaction,
    postId: string,
    limit: number,
  ): Promise<string[]> {
    return transaction.ids(sql`
      SELECT id FROM comments WHERE post_id = ${postId} ORDER BY id DESC LIMIT ${limit}`);
  }

  /** Deletes only the rows; the caller has dealt with counters and replies. */
  async deleteRows(
    transaction: Transaction,
    ids: string[],
  ): Promise<{ id: string; postId: string }[]> {
    if (!ids.length) return [];
    return transaction.many(sql`
      DELETE FROM comments WHERE id IN (${anyOf(ids)}) RETURNING id, post_id AS "postId"`);
  }

  private async count(
    transaction: Transaction,
    postId: string,
    parentId: string | null,
    comments: number,
    replies: number,
  ): Promise<void> {
    await transaction.run(
      sql`UPDATE posts SET comment_count = comment_count + ${comments} WHERE id = ${postId}`,
    );
    if (parentId)
      await transaction.run(
        sql`UPDATE comments SET reply_count = reply_count + ${replies} WHERE id = ${parentId}`,
      );
  }
}
