import { Injectable } from '@nestjs/common';
import {
  canSeeComment,
  canSeePost,
  commentColumns,
  isCommentOpen,
  postColumns,
} from '../../access/post.access.js';
import { visibleLikes, visibleReplies } from '../../access/post-counts.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  empty,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { Comment } from './entities/comment.entity.js';

/** A comment as one viewer may count it. */
export interface CommentRow {
  id: string;
  postId: string;
  postAuthorId: string;
  parentId: string | null;
  authorId: string;
  content: string;
  likeCount: number;
  replyCount: number;
  isLiked: boolean | number;
  createdAt: string;
  editedAt: string | null;
}

const columns = commentColumns(sql`c`);

const rowFor = (viewer: Sql): Sql => sql`
  c.id, c.post_id AS "postId", p.author_id AS "postAuthorId", c.parent_id AS "parentId",
  c.author_id AS "authorId", c.content, c.created_at AS "createdAt", c.edited_at AS "editedAt",
  ${visibleLikes(viewer, sql`c`)} AS "likeCount",
  ${visibleReplies(viewer, sql`c`, sql`p`)} AS "replyCount",
  EXISTS (SELECT 1 FROM likes WHERE likes.subject_id = c.id AND likes.user_id = ${viewer}) AS "isLiked"`;

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
    const viewer = sql`${viewerId}`;
    return this.database.many(sql`
      SELECT ${rowFor(viewer)} FROM posts p JOIN comments c ON c.post_id = p.id
      WHERE p.id = ${postId} AND ${canSeePost(viewer, postColumns(sql`p`))}
        AND c.parent_id IS NULL AND ${isCommentOpen(viewer, columns, sql`p.author_id`)}
        ${before ? sql`AND c.id < ${before}` : empty}
      ORDER BY c.id DESC LIMIT ${limit}`);
  }

  /** Oldest first, as a conversation is read; none of a post that the viewer may not see. */
  findReplies(
    viewerId: string,
    parentId: string,
    after: string | null,
    limit: number,
  ): Promise<CommentRow[]> {
    const viewer = sql`${viewerId}`;
    return this.database.many(sql`
      SELECT ${rowFor(viewer)} FROM comments answered
        JOIN posts p ON p.id = answered.post_id JOIN comments c ON c.parent_id = answered.id
      WHERE answered.id = ${parentId} AND ${canSeePost(viewer, postColumns(sql`p`))} AND ${isCommentOpen(viewer, columns, sql`p.author_id`)}
        ${after ? sql`AND c.id > ${after}` : empty}
      ORDER BY c.id LIMIT ${limit}`);
  }

  findVisible(
    viewerId: string,
    id: string,
    reader: Reader = this.database,
  ): Promise<CommentRow | null> {
    const viewer = sql`${viewerId}`;
    return reader.one(sql`
      SELECT ${rowFor(viewer)} FROM comments c JOIN posts p ON p.id = c.post_id
      WHERE c.id = ${id} AND ${canSeeComment(viewer, columns)}`);
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

  /** Takes the replies along, and names everything that went. */
  async delete(
    transaction: Transaction,
    { id, postId, parentId }: Pick<Comment, 'id' | 'postId' | 'parentId'>,
  ): Promise<string[]> {
    const gone = await transaction.many<{ id: string }>(sql`
      UPDATE comments SET deleted_at = ${new Date().toISOString()}, content = '', reply_count = 0
      WHERE (id = ${id} OR parent_id = ${id}) AND deleted_at IS NULL RETURNING id`);
    await this.count(transaction, postId, parentId, -gone.length, -1);
    return gone.map((comment) => comment.id);
  }

  async findIdsOn(transaction: Transaction, postId: string): Promise<string[]> {
    const rows = await transaction.many<{ id: string }>(
      sql`SELECT id FROM comments WHERE post_id = ${postId}`,
    );
    return rows.map(({ id }) => id);
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
