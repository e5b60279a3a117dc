import { Injectable } from '@nestjs/common';
import {
  canSeeComment,
  canSeePost,
  commentColumns,
  isCommentOpen,
  postColumns,
} from '../../access/post.access.js';
import { hiddenLikes, hiddenReplies } from '../../access/hidden-counts.access.js';
import { narrowed } from '../../access/profile.access.js';
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

/** Likes and replies are counted of everyone; `VisibleCounts` subtracts what the viewer may not know of. */
export interface CommentRow {
  id: string;
  postId: string;
  postAuthorId: string;
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
  parentId: sql`c.parent_id`,
  authorId: sql`c.author_id`,
  content: sql`c.content`,
  createdAt: sql`c.created_at`,
  editedAt: sql`c.edited_at`,
  likeCount: sql`c.like_count`,
  hiddenLikes: hiddenLikes(viewer, { id: sql`c.id`, likeCount: sql`c.like_count` }),
  replyCount: sql`c.reply_count`,
  hiddenReplies: hiddenReplies(viewer, {
    id: sql`c.id`,
    postId: sql`c.post_id`,
    postAuthorId: sql`p.author_id`,
    replyCount: sql`c.reply_count`,
  }),
  isLiked: sql`EXISTS (SELECT 1 FROM likes WHERE likes.subject_id = c.id AND likes.user_id = ${viewer})`,
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

@Injectable()
export class CommentsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; none of a post that the viewer may not see. */
  findOnPost(
    viewerId: string,
    postId: string,
    before: string | null,
    limit: number,
  ): Promise<CommentRow[]> {
    const values = { viewer: viewerId, post: postId };
    return findInPortions<CommentRow>(this.database, ON_POST, before, limit, { values });
  }

  /** Oldest first, as a conversation is read; none of a post that the viewer may not see. */
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

  /** Of the author alone, wherever it stands: one's own words can always be taken back. */
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
    await transaction.run(sql`
      INSERT INTO comments (id, post_id, author_id, parent_id, content, created_at)
      VALUES (${comment.id}, ${comment.postId}, ${comment.authorId}, ${comment.parentId},
        ${comment.content}, ${new Date().toISOString()})`);
    await this.count(transaction, comment.postId, comment.parentId, 1, 1);
  }

  async update(transaction: Transaction, id: string, content: string): Promise<void> {
    await transaction.update(Comment, { id }, { content, editedAt: new Date().toISOString() });
  }

  /** Takes the replies along, some at a time, and names everything that went. */
  async delete(
    transaction: Transaction,
    { id, postId, parentId }: Pick<Comment, 'id' | 'postId' | 'parentId'>,
  ): Promise<string[]> {
    const gone: string[] = [];
    for (let some = DELETED_AT_ONCE; some === DELETED_AT_ONCE;) {
      const rows = await transaction.many<{ id: string }>(sql`
        UPDATE comments SET deleted_at = ${new Date().toISOString()}, content = '', reply_count = 0
        WHERE id IN (
          SELECT c.id FROM comments c WHERE c.parent_id = ${id} AND c.deleted_at IS NULL
          UNION ALL SELECT c.id FROM comments c WHERE c.id = ${id} AND c.deleted_at IS NULL
          LIMIT ${DELETED_AT_ONCE})
        RETURNING id`);
      gone.push(...rows.map((comment) => comment.id));
      some = rows.length;
    }
    await this.count(transaction, postId, parentId, -gone.length, -1);
    return gone;
  }

  /** Deleted or not; replies before what they answer. */
  async findNewestIdsOn(
    transaction: Transaction,
    postId: string,
    limit: number,
  ): Promise<string[]> {
    const rows = await transaction.many<{ id: string }>(sql`
      SELECT id FROM comments WHERE post_id = ${postId} ORDER BY id DESC LIMIT ${limit}`);
    return rows.map(({ id }) => id);
  }

  /** Of a post that ceases to exist, with its counts. */
  async deleteRows(transaction: Transaction, ids: string[]): Promise<void> {
    if (ids.length) await transaction.run(sql`DELETE FROM comments WHERE id IN (${anyOf(ids)})`);
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
