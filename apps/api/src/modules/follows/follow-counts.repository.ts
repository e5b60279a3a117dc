import { Injectable } from '@nestjs/common';
import { join, sql, type Transaction } from '../../platform/database/statements.js';
import type { Follow } from './entities/follow.entity.js';

interface Change {
  followers?: number;
  following?: number;
  requests?: number;
}

/** By person */
export type CountChanges = Record<string, Change>;

/** Whose counters a follow or a request is part of. */
export const changesOf = (
  { followerId, followeeId, status }: Pick<Follow, 'followerId' | 'followeeId' | 'status'>,
  by: number,
): CountChanges => {
  switch (status) {
    case 'accepted':
      return { [followeeId]: { followers: by }, [followerId]: { following: by } };
    case 'requested':
      return { [followeeId]: { requests: by } };
    case 'declined':
      return {};
  }
};

/** Adds up the changes per person. */
export function summed(all: CountChanges[]): CountChanges {
  const sum: CountChanges = {};
  for (const [userId, change] of all.flatMap((changes) => Object.entries(changes))) {
    const before = (sum[userId] ??= {});
    for (const name of ['followers', 'following', 'requests'] as const)
      if (change[name]) before[name] = (before[name] ?? 0) + change[name];
  }
  return sum;
}

/** Counters of follows. Every caller changes them in the same transaction as the rows. */
@Injectable()
export class FollowCountsRepository {
  /** Updates counters of several people in a fixed order, which prevents deadlocks. */
  async add(transaction: Transaction, changes: CountChanges): Promise<void> {
    if (!Object.keys(changes).length) return;
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
