import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { anyOf, sql, type Sql, type Transaction } from '../../platform/database/statements.js';

/** What deletes some tells how many rows it has deleted, at most `limit`. */
@Injectable()
export class InsightsRemovalRepository {
  constructor(private readonly database: Database) {}

  /** Posts of a person that have reached somebody. */
  async findReachedIdsOf(authorId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT r.post_id AS id FROM reached_posts r
      WHERE r.author_id = ${authorId} AND r.post_id > ${after} ORDER BY r.post_id LIMIT ${limit}`);
  }

  deleteSomeViewersOf(transaction: Transaction, postId: string, limit: number): Promise<number> {
    return deleteSomeViewers(transaction, sql`r.post_id = ${postId}`, limit);
  }

  deleteSomeViewsBy(transaction: Transaction, viewerId: string, limit: number): Promise<number> {
    return deleteSomeViewers(transaction, sql`r.viewer_id = ${viewerId}`, limit);
  }

  /** Deletes who saw posts that were written before this one. */
  deleteSomeViewersBefore(
    transaction: Transaction,
    postId: string,
    limit: number,
  ): Promise<number> {
    return deleteSomeViewers(transaction, sql`r.post_id < ${postId}`, limit);
  }

  deleteSomeReachOf(transaction: Transaction, postId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM post_reach WHERE post_id = ${postId} AND quarter IN (
        SELECT r.quarter FROM post_reach r WHERE r.post_id = ${postId} ORDER BY r.quarter LIMIT ${limit})`);
  }

  async deleteReached(transaction: Transaction, postIds: string[]): Promise<void> {
    await transaction.run(sql`DELETE FROM reached_posts WHERE post_id IN (${anyOf(postIds)})`);
  }

  deleteSomeSumsOf(transaction: Transaction, ownerId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM insight_sums WHERE (owner_id, quarter, kind) IN (
        SELECT s.owner_id, s.quarter, s.kind FROM insight_sums s
        WHERE s.owner_id = ${ownerId} ORDER BY s.quarter, s.kind LIMIT ${limit})`);
  }

  deleteSomeVisitorsOf(transaction: Transaction, ownerId: string, limit: number): Promise<number> {
    return deleteSomeVisitors(transaction, sql`v.owner_id = ${ownerId}`, limit);
  }

  deleteSomeVisitsBy(transaction: Transaction, viewerId: string, limit: number): Promise<number> {
    return deleteSomeVisitors(transaction, sql`v.viewer_id = ${viewerId}`, limit);
  }

  deleteSomeVisitorsBefore(transaction: Transaction, day: string, limit: number): Promise<number> {
    return deleteSomeVisitors(transaction, sql`v.day < ${day}`, limit);
  }
}

const deleteSomeViewers = (transaction: Transaction, which: Sql, limit: number): Promise<number> =>
  transaction.run(sql`
    DELETE FROM post_viewers WHERE (post_id, viewer_id) IN (
      SELECT r.post_id, r.viewer_id FROM post_viewers r WHERE ${which} LIMIT ${limit})`);

const deleteSomeVisitors = (transaction: Transaction, which: Sql, limit: number): Promise<number> =>
  transaction.run(sql`
    DELETE FROM profile_visitors WHERE (owner_id, viewer_id, day) IN (
      SELECT v.owner_id, v.viewer_id, v.day FROM profile_visitors v WHERE ${which} LIMIT ${limit})`);
