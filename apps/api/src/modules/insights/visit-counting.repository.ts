import { Injectable } from '@nestjs/common';
import { isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  join,
  raw,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import type { SumKind } from './entities/insights.entity.js';

/** A number of people to add. */
export interface Added {
  /** Whose post or profile it is, or who was followed */
  ownerId: string;
  quarter: number;
  people: number;
}

export interface AddedToPost extends Added {
  postId: string;
}

/** Asked again by the statement that counts, so that a switch holds at once. */
export const isCounted = (viewer: Sql): Sql => sql`NOT EXISTS (
  SELECT 1 FROM insight_settings s WHERE s.user_id = ${viewer} AND NOT s.is_counted)`;
const keepsInsights = (owner: Sql): Sql => sql`NOT EXISTS (
  SELECT 1 FROM insight_settings s WHERE s.user_id = ${owner} AND NOT s.is_kept)`;

/** The viewer `v`, and others' posts `p` that are new enough. */
const viewed = (viewerId: string, postIds: string[], oldest: string): Sql => sql`
  posts p JOIN users v ON v.id = ${viewerId}
  WHERE p.id IN (${anyOf(postIds)}) AND p.id >= ${oldest} AND p.deleted_at IS NULL
    AND p.author_id <> v.id AND ${isActive(sql`v.id`)} AND ${isActive(sql`p.author_id`)}
    AND ${isCounted(sql`v.id`)} AND ${keepsInsights(sql`p.author_id`)}`;

@Injectable()
export class VisitCountingRepository {
  constructor(private readonly database: Database) {}

  /** Those of these posts that have not reached the viewer yet. */
  findUncounted(
    viewerId: string,
    postIds: string[],
    oldest: string,
  ): Promise<{ id: string; authorId: string }[]> {
    return this.database.many(sql`
      SELECT p.id, p.author_id AS "authorId" FROM ${viewed(viewerId, postIds, oldest)}
        AND NOT EXISTS (SELECT 1 FROM post_viewers r WHERE r.post_id = p.id AND r.viewer_id = v.id)`);
  }

  /** Returns which of these posts have reached the viewer only now. */
  async insertViewer(
    transaction: Transaction,
    viewerId: string,
    postIds: string[],
    oldest: string,
  ): Promise<string[]> {
    const rows = await transaction.many<{ postId: string }>(sql`
      INSERT INTO post_viewers (post_id, viewer_id)
      SELECT p.id, v.id FROM ${viewed(viewerId, postIds, oldest)} ORDER BY p.id
      ON CONFLICT (post_id, viewer_id) DO NOTHING RETURNING post_id AS "postId"`);
    return rows.map(({ postId }) => postId);
  }

  /** No post twice in a quarter hour. */
  async addReach(transaction: Transaction, added: AddedToPost[]): Promise<void> {
    if (!added.length) return;
    await transaction.run(sql`
      INSERT INTO post_reach (post_id, quarter, people)
      VALUES ${join(added.map(({ postId, quarter, people }) => sql`(${postId}, ${quarter}, ${people})`))}
      ON CONFLICT (post_id, quarter) DO UPDATE SET people = post_reach.people + excluded.people`);
    const totals = new Map<string, AddedToPost>();
    for (const one of added) {
      const before = totals.get(one.postId)?.people ?? 0;
      totals.set(one.postId, { ...one, people: before + one.people });
    }
    const rows = [...totals.values()].map(
      ({ postId, ownerId, people }) => sql`(${postId}, ${ownerId}, ${people})`,
    );
    await transaction.run(sql`
      INSERT INTO reached_posts (post_id, author_id, people) VALUES ${join(rows)}
      ON CONFLICT (post_id) DO UPDATE SET people = reached_posts.people + excluded.people`);
  }

  /** No owner twice in a quarter hour. */
  async addSums(transaction: Transaction, kind: SumKind, added: Added[]): Promise<void> {
    if (!added.length) return;
    await transaction.run(sql`
      INSERT INTO insight_sums (owner_id, quarter, kind, people)
      VALUES ${join(added.map(({ ownerId, quarter, people }) => sql`(${ownerId}, ${quarter}, ${kind}, ${people})`))}
      ON CONFLICT (owner_id, quarter, kind) DO UPDATE SET people = insight_sums.people + excluded.people`);
  }

  /** Unless the owner keeps no insights. */
  async addFollowers(
    transaction: Transaction,
    kind: 'gained' | 'lost',
    { ownerId, quarter, people }: Added,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO insight_sums (owner_id, quarter, kind, people)
      SELECT o.id, ${quarter}, ${raw(`'${kind}'`)}, ${people} FROM users o
      WHERE o.id = ${ownerId} AND ${keepsInsights(sql`o.id`)}
      ON CONFLICT (owner_id, quarter, kind) DO UPDATE SET people = insight_sums.people + excluded.people`);
  }

  /** The zones of others whose profiles were visited. */
  findVisited(viewerId: string, ids: string[]): Promise<{ id: string; zone: string | null }[]> {
    return this.database.many(sql`
      SELECT o.id, s.zone FROM users o LEFT JOIN insight_settings s ON s.user_id = o.id
      WHERE o.id IN (${anyOf(ids)}) AND o.id <> ${viewerId}`);
  }

  /** Returns whether it is the first visit of this day. */
  async insertVisitor(
    transaction: Transaction,
    { ownerId, viewerId, day }: { ownerId: string; viewerId: string; day: string },
  ): Promise<boolean> {
    const inserted = await transaction.run(sql`
      INSERT INTO profile_visitors (owner_id, viewer_id, day)
      SELECT o.id, v.id, ${day} FROM users o JOIN users v ON v.id = ${viewerId}
      WHERE o.id = ${ownerId} AND ${isActive(sql`o.id`)} AND ${isActive(sql`v.id`)}
        AND ${isCounted(sql`v.id`)} AND ${keepsInsights(sql`o.id`)}
      ON CONFLICT (owner_id, viewer_id, day) DO NOTHING`);
    return inserted > 0;
  }

  /** The originals of those of these posts that share one. */
  async findOriginals(postIds: string[]): Promise<string[]> {
    return this.database.ids(sql`
      SELECT p.shared_id AS id FROM posts p
      WHERE p.id IN (${anyOf(postIds)}) AND p.shared_id IS NOT NULL`);
  }
}
