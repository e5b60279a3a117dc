import { Injectable } from '@nestjs/common';
import { hiddenLikes } from '../../access/hidden-counts.access.js';
import {
  canSeeComment,
  canSeePost,
  commentColumns,
  postColumns,
} from '../../access/post.access.js';
import { canSeeCard, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  sql,
  type Rule,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { v7 as uuid } from 'uuid';

export type Likeable = 'post' | 'comment';

const TABLES: Record<Likeable, Sql> = { post: sql`posts`, comment: sql`comments` };

const CAN_SEE: Record<Likeable, (viewer: Sql, subject: Sql) => Rule> = {
  post: (viewer, subject) => canSeePost(viewer, postColumns(subject)),
  comment: (viewer, subject) => canSeeComment(viewer, commentColumns(subject)),
};

/** Likes, and the number beside them that always equals them. */
@Injectable()
export class LikesRepository {
  constructor(private readonly database: Database) {}

  /** Tells whether that was new. */
  async insert(
    transaction: Transaction,
    kind: Likeable,
    subjectId: string,
    userId: string,
  ): Promise<boolean> {
    const inserted = await transaction.run(sql`
      INSERT INTO likes (id, subject_id, user_id) VALUES (${uuid()}, ${subjectId}, ${userId})
      ON CONFLICT (subject_id, user_id) DO NOTHING`);
    if (inserted) await this.count(transaction, kind, subjectId, 1);
    return inserted > 0;
  }

  async delete(
    transaction: Transaction,
    kind: Likeable,
    subjectId: string,
    userId: string,
  ): Promise<void> {
    const deleted = await transaction.run(
      sql`DELETE FROM likes WHERE subject_id = ${subjectId} AND user_id = ${userId}`,
    );
    if (deleted) await this.count(transaction, kind, subjectId, -1);
  }

  /** Of things that cease to exist, with their counts; tells how many there were, at most `limit`. */
  deleteSomeOf(transaction: Transaction, subjectIds: string[], limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM likes WHERE id IN (
        SELECT l.id FROM likes l WHERE l.subject_id IN (${anyOf(subjectIds)}) LIMIT ${limit})`);
  }

  /**
   * Of everyone, and how many of them are hidden from the viewer: see `VisibleCounts`. Null if the viewer may not
   * see what is liked.
   */
  async countFor(
    transaction: Transaction,
    kind: Likeable,
    viewerId: string,
    id: string,
  ): Promise<{ id: string; likeCount: number; hiddenLikes: number | null } | null> {
    const viewer = sql`${viewerId}`;
    return transaction.one(sql`
      SELECT s.id, s.like_count AS "likeCount", 
        ${hiddenLikes(viewer, { id: sql`s.id`, likeCount: sql`s.like_count` })} AS "hiddenLikes"
      FROM ${TABLES[kind]} s WHERE s.id = ${id} AND ${CAN_SEE[kind](viewer, sql`s`)}`);
  }

  /** Who likes it, as far as the viewer may know them, newest first. */
  findLikers(
    viewerId: string,
    kind: Likeable,
    subjectId: string,
    before: string | null,
    limit: number,
  ): Promise<{ id: string; userId: string }[]> {
    const viewer = sql`${viewerId}`;
    const list = {
      rows: sql`${TABLES[kind]} s JOIN likes l ON l.subject_id = s.id WHERE s.id = ${subjectId}`,
      id: sql`l.id`,
      columns: { userId: sql`l.user_id` },
      rule: narrowed(CAN_SEE[kind](viewer, sql`s`), canSeeCard(viewer, sql`l.user_id`)),
    };
    return findInPortions<{ id: string; userId: string }>(this.database, list, before, limit);
  }

  private async count(
    transaction: Transaction,
    kind: Likeable,
    id: string,
    change: number,
  ): Promise<void> {
    await transaction.run(
      sql`UPDATE ${TABLES[kind]} SET like_count = like_count + ${change} WHERE id = ${id}`,
    );
  }
}
