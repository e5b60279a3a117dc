import { Injectable } from '@nestjs/common';
import { join, sql, type Transaction } from '../../platform/database/statements.js';

interface Change {
  followers?: number;
  following?: number;
  requests?: number;
}

/** Numbers beside the rows they count. Every caller changes both in one transaction. */
@Injectable()
export class FollowCountsRepository {
  /** Adds to the counts of several people, always in the same order, so that no two wait for each other. */
  async add(transaction: Transaction, changes: Record<string, Change>): Promise<void> {
    const rows = Object.keys(changes)
      .sort()
      .map((userId) => {
        const { followers = 0, following = 0, requests = 0 } = changes[userId]!;
        return sql`(${userId}, ${followers}, ${following}, ${requests})`;
      });
    await transaction.run(sql`
      INSERT INTO follow_counts (user_id, followers, following, requests) VALUES ${join(rows)}
      ON CONFLICT (user_id) DO UPDATE SET
        followers = follow_counts.followers + excluded.followers,
        following = follow_counts.following + excluded.following,
        requests = follow_counts.requests + excluded.requests`);
  }

  async markFollowersSeen(
    transaction: Transaction,
    userId: string,
    followId: string,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO follow_counts (user_id, seen_follow_id) VALUES (${userId}, ${followId})
      ON CONFLICT (user_id) DO UPDATE SET seen_follow_id = excluded.seen_follow_id`);
  }
}
