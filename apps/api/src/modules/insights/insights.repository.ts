import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Sql } from '../../platform/database/statements.js';
import type { SumKind } from './entities/insights.entity.js';

export interface SumRow {
  quarter: number;
  kind: SumKind;
  people: number;
}

/** A year has tens of thousands of quarter hours. */
const ROWS_AT_ONCE = 1000;
/** Of somebody's own posts of a time, so many of the newest are compared. */
const POSTS_COMPARED = 1000;

@Injectable()
export class InsightsRepository {
  constructor(private readonly database: Database) {}

  /** The sums of a person, in the order of time. */
  sumsOf(ownerId: string, from: number): AsyncGenerator<SumRow> {
    return this.inOrder(
      ({ quarter, kind }) => sql`
        SELECT s.quarter, s.kind, s.people FROM insight_sums s
        WHERE s.owner_id = ${ownerId} AND s.quarter >= ${quarter}
          AND (s.quarter > ${quarter} OR s.kind > ${kind})
        ORDER BY s.quarter, s.kind LIMIT ${ROWS_AT_ONCE}`,
      from,
    );
  }

  /** How a post reached people, in the order of time. */
  reachOf(postId: string): AsyncGenerator<SumRow> {
    return this.inOrder(
      ({ quarter, kind }) => sql`
        SELECT r.quarter, 'reach' AS kind, r.people FROM post_reach r
        WHERE r.post_id = ${postId} AND r.quarter >= ${quarter + (kind ? 1 : 0)}
        ORDER BY r.quarter LIMIT ${ROWS_AT_ONCE}`,
      0,
    );
  }

  /** The posts that reached most people, among those with this id or a later one. */
  async findMostReached(authorId: string, from: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT newest.id FROM (
        SELECT r.post_id AS id, r.people FROM reached_posts r
        WHERE r.author_id = ${authorId} AND r.post_id >= ${from}
        ORDER BY r.post_id DESC LIMIT ${POSTS_COMPARED}) AS newest
      ORDER BY newest.people DESC, newest.id DESC LIMIT ${limit}`);
  }

  /** The posts with most comments, among those with this id or a later one. */
  async findMostAnswered(authorId: string, from: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT newest.id FROM (
        SELECT p.id, p.comment_count FROM posts p
        WHERE p.author_id = ${authorId} AND p.id >= ${from}
        ORDER BY p.id DESC LIMIT ${POSTS_COMPARED}) AS newest
      WHERE newest.comment_count > 0
      ORDER BY newest.comment_count DESC, newest.id DESC LIMIT ${limit}`);
  }

  private async *inOrder(
    after: (last: { quarter: number; kind: string }) => Sql,
    from: number,
  ): AsyncGenerator<SumRow> {
    for (let last: { quarter: number; kind: string } = { quarter: from, kind: '' }; ;) {
      const rows = await this.database.many<SumRow>(after(last));
      yield* rows;
      if (rows.length < ROWS_AT_ONCE) return;
      last = rows.at(-1)!;
      await nextTurn();
    }
  }
}
