import { Injectable } from '@nestjs/common';
import {
  canSeeComment,
  canSeePost,
  commentColumns,
  postColumns,
} from '../../access/post.access.js';
import { visibleLikes } from '../../access/post-counts.access.js';
import { canSeeCard } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { empty, sql, type Sql, type Transaction } from '../../platform/database/statements.js';
import { v7 as uuid } from 'uuid';

export type Likeable = 'post' | 'comment';

const TABLES: Record<Likeable, Sql> = { post: sql`posts`, comment: sql`comments` };

const CAN_SEE: Record<Likeable, (viewer: Sql, subject: Sql) => Sql> = {
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

  /** As the viewer may count them; null if they may not see what is liked. */
  async countFor(
    transaction: Transaction,
    kind: Likeable,
    viewerId: string,
    id: string,
  ): Promise<number | null> {
    const viewer = sql`${viewerId}`;
    const row = await transaction.one<{ count: number }>(sql`
      SELECT ${visibleLikes(viewer, sql`s`)} AS count FROM ${TABLES[kind]} s
      WHERE s.id = ${id} AND ${CAN_SEE[kind](viewer, sql`s`)}`);
    return row && row.count;
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
    return this.database.many(sql`
      SELECT l.id, l.user_id AS "userId" FROM ${TABLES[kind]} s JOIN likes l ON l.subject_id = s.id
      WHERE s.id = ${subjectId} AND ${CAN_SEE[kind](viewer, sql`s`)} AND ${canSeeCard(viewer, sql`l.user_id`)}
        ${before ? sql`AND l.id < ${before}` : empty}
      ORDER BY l.id DESC LIMIT ${limit}`);
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
