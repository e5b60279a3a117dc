import { Injectable } from '@nestjs/common';
import { hiddenLikes, type Likeable } from '../../access/hidden-counts.access.js';
import {
  canSeeComment,
  canSeePost,
  commentColumns,
  postColumns,
} from '../../access/post.access.js';
import { canSeeCard, isActive, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  named,
  sql,
  Statement,
  type Rule,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { v7 as uuid } from 'uuid';

const TABLES: Record<Likeable, Sql> = { post: sql`posts`, comment: sql`comments` };

/** The table of these likes, and its column for what is liked. */
const LIKES: Record<Likeable, { table: Sql; reference: Sql }> = {
  post: { table: sql`post_likes`, reference: sql`post_id` },
  comment: { table: sql`comment_likes`, reference: sql`comment_id` },
};

const CAN_SEE: Record<Likeable, (viewer: Sql, subject: Sql) => Rule> = {
  post: (viewer, subject) => canSeePost(viewer, postColumns(subject)),
  comment: (viewer, subject) => canSeeComment(viewer, commentColumns(subject)),
};

const viewer = named('viewer');

const countOf = (kind: Likeable): Sql => sql`
  SELECT s.id, s.like_count AS "likeCount",
    ${hiddenLikes(kind, viewer, { id: sql`s.id`, likeCount: sql`s.like_count` })} AS "hiddenLikes"
  FROM ${TABLES[kind]} s WHERE s.id = ${named('subject')} AND ${CAN_SEE[kind](viewer, sql`s`)}`;

const COUNTS: Record<Likeable, Sql> = { post: countOf('post'), comment: countOf('comment') };

/** Likes, and the counters that always equal them. */
@Injectable()
export class LikesRepository {
  constructor(private readonly database: Database) {}

  /** Returns whether the like was new. */
  async insert(
    transaction: Transaction,
    kind: Likeable,
    subjectId: string,
    userId: string,
  ): Promise<boolean> {
    const { table, reference } = LIKES[kind];
    const inserted = await transaction.one<{ isCounted: boolean | number }>(sql`
      INSERT INTO ${table} (id, ${reference}, user_id, is_counted)
      VALUES (${uuid()}, ${subjectId}, ${userId}, ${isActive(sql`${userId}`)})
      ON CONFLICT (${reference}, user_id) DO NOTHING RETURNING is_counted AS "isCounted"`);
    if (inserted?.isCounted) await this.count(transaction, kind, subjectId, 1);
    return inserted !== null;
  }

  async delete(
    transaction: Transaction,
    kind: Likeable,
    subjectId: string,
    userId: string,
  ): Promise<boolean> {
    const { table, reference } = LIKES[kind];
    const deleted = await transaction.one<{ isCounted: boolean | number }>(sql`
      DELETE FROM ${table} WHERE ${reference} = ${subjectId} AND user_id = ${userId}
      RETURNING is_counted AS "isCounted"`);
    if (deleted?.isCounted) await this.count(transaction, kind, subjectId, -1);
    return deleted !== null;
  }

  /** Deletes likes of what is being deleted, with their counters; returns how many, at most `limit`. */
  async deleteSomeOf(
    transaction: Transaction,
    kind: Likeable,
    subjectIds: string[],
    limit: number,
  ): Promise<number> {
    if (!subjectIds.length) return 0;
    const { table, reference } = LIKES[kind];
    return transaction.run(sql`
      DELETE FROM ${table} WHERE id IN (
        SELECT l.id FROM ${table} l WHERE l.${reference} IN (${anyOf(subjectIds)}) LIMIT ${limit})`);
  }

  /** A portion of a person's likes, whether or not they still see what they liked. */
  async findIdsBy(kind: Likeable, userId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT id FROM ${LIKES[kind].table}
      WHERE user_id = ${userId} AND id > ${after} ORDER BY id LIMIT ${limit}`);
  }

  /** For an export: what they like, as far as they still see it. */
  findBy(
    kind: Likeable,
    userId: string,
    after: string,
    limit: number,
  ): Promise<{ id: string; subjectId: string }[]> {
    const { table, reference } = LIKES[kind];
    const list = {
      rows: sql`${table} l JOIN ${TABLES[kind]} s ON s.id = l.${reference} WHERE l.user_id = ${userId}`,
      id: sql`l.id`,
      columns: { subjectId: sql`l.${reference}` },
      rule: CAN_SEE[kind](sql`${userId}`, sql`s`),
    };
    return findInPortions(this.database, list, after, limit, { order: 'oldest first' });
  }

  /** Deletes likes of a person none of whose likes is counted; returns how many, at most `limit`. */
  deleteSomeBy(
    transaction: Transaction,
    kind: Likeable,
    userId: string,
    limit: number,
  ): Promise<number> {
    const { table } = LIKES[kind];
    return transaction.run(sql`
      DELETE FROM ${table} WHERE id IN (
        SELECT l.id FROM ${table} l WHERE l.user_id = ${userId} LIMIT ${limit})`);
  }

  /** Corrects which of these likes are counted, and the counters. */
  async recount(transaction: Transaction, kind: Likeable, ids: string[]): Promise<void> {
    const { table, reference } = LIKES[kind];
    await transaction.lockRows(table, ids);
    const isCounted = isActive(sql`${table}.user_id`);
    const changed = await transaction.many<{ subjectId: string; isCounted: boolean | number }>(sql`
      UPDATE ${table} SET is_counted = ${isCounted}
      WHERE id IN (${anyOf(ids)}) AND is_counted <> ${isCounted}
      RETURNING ${reference} AS "subjectId", is_counted AS "isCounted"`);
    // In a fixed order, which prevents deadlocks between recounts.
    changed.sort((one, other) => (one.subjectId < other.subjectId ? -1 : 1));
    for (const like of changed)
      await this.count(transaction, kind, like.subjectId, like.isCounted ? 1 : -1);
  }

  /**
   * Everyone's likes, and how many of them are hidden from the viewer: see `VisibleCounts`. Null if the viewer may not
   * see what is liked.
   */
  async countFor(
    transaction: Transaction,
    kind: Likeable,
    viewerId: string,
    id: string,
  ): Promise<{ id: string; likeCount: number; hiddenLikes: number | null } | null> {
    return transaction.one(new Statement(COUNTS[kind], { viewer: viewerId, subject: id }));
  }

  /** Who likes it, as far as the viewer may see them, newest first. */
  findLikers(
    viewerId: string,
    kind: Likeable,
    subjectId: string,
    before: string | null,
    limit: number,
  ): Promise<{ id: string; userId: string }[]> {
    const viewer = sql`${viewerId}`;
    const { table, reference } = LIKES[kind];
    const list = {
      rows: sql`${TABLES[kind]} s JOIN ${table} l ON l.${reference} = s.id WHERE s.id = ${subjectId}`,
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
