import { Injectable } from '@nestjs/common';
import type { Audience } from '@echomate/contracts/posts.dto';
import { isMember } from '../../access/group.access.js';
import { follows, isAccepted, isBeingRemoved } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  empty,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';

/** Part of a long list, after `after` up to `upTo`; null is the start or the end of the list. */
export interface Portion {
  after: string | null;
  upTo: string | null;
}

const BACKFILLED = 500;

const within = ({ after, upTo }: Portion, id: Sql): Sql => sql`
  ${after ? sql`AND ${id} > ${after}` : empty} ${upTo ? sql`AND ${id} <= ${upTo}` : empty}`;

/** Of `memberships.ended_at` */
const TIMES = { present: sql`IS NULL`, past: sql`IS NOT NULL` };

/** Which posts are in whose feeds: written and removed in portions, and never faster than an account is removed. */
@Injectable()
export class FeedEntriesRepository {
  constructor(private readonly database: Database) {}

  /** Includes deleted posts: the rule hides them, and they may be restored. */
  findForFanOut(
    ids: string[],
  ): Promise<
    { id: string; authorId: string | null; audience: Audience; groupId: string | null }[]
  > {
    return this.database.many(sql`
      SELECT p.id, p.author_id AS "authorId", p.audience, p.group_id AS "groupId"
      FROM posts p WHERE p.id IN (${anyOf(ids)})`);
  }

  async countFollowers(authorId: string): Promise<number> {
    const row = await this.database.one<{ followers: number }>(
      sql`SELECT c.followers FROM follow_counts c WHERE c.user_id = ${authorId}`,
    );
    return row?.followers ?? 0;
  }

  async addForChosen(transaction: Transaction, postId: string): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT chosen.user_id, chosen.post_id
      FROM chosen_followers chosen JOIN posts p ON p.id = chosen.post_id
      WHERE chosen.post_id = ${postId} AND NOT ${isBeingRemoved(sql`p.author_id`)}
      ON CONFLICT DO NOTHING`);
  }

  /** The follow that ends a portion of an author's followers; null if the rest is smaller. */
  async findPortionEnd(
    authorId: string,
    after: string | null,
    size: number,
  ): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(sql`
      SELECT f.id FROM follows f WHERE f.followee_id = ${authorId} AND ${isAccepted(sql`f`)}
        ${within({ after, upTo: null }, sql`f.id`)}
      ORDER BY f.id LIMIT 1 OFFSET ${size - 1}`);
    return row?.id ?? null;
  }

  async addForFollowers(
    transaction: Transaction,
    { authorId, ids }: { authorId: string; ids: string[] },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT f.follower_id, p.id FROM follows f CROSS JOIN posts p
      WHERE p.id IN (${anyOf(ids)}) AND f.followee_id = ${authorId} AND ${isAccepted(sql`f`)} ${within(portion, sql`f.id`)}
        AND NOT ${isBeingRemoved(sql`${authorId}`)}
      ON CONFLICT DO NOTHING`);
  }

  /** The membership that ends a portion of a group's members; null if the rest is smaller. */
  async findMembersEnd(
    groupId: string,
    time: 'present' | 'past',
    after: string | null,
    size: number,
  ): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(sql`
      SELECT m.id FROM memberships m WHERE m.group_id = ${groupId} AND m.ended_at ${TIMES[time]}
        ${within({ after, upTo: null }, sql`m.id`)}
      ORDER BY m.id LIMIT 1 OFFSET ${size - 1}`);
    return row?.id ?? null;
  }

  async removePostOfGroup(
    transaction: Transaction,
    { groupId, postId, time }: { groupId: string; postId: string; time: 'present' | 'past' },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE post_id = ${postId} AND owner_id IN (
        SELECT m.user_id FROM memberships m
        WHERE m.group_id = ${groupId} AND m.ended_at ${TIMES[time]} ${within(portion, sql`m.id`)})`);
  }

  async addForMembers(
    transaction: Transaction,
    { authorId, groupId, ids }: { authorId: string | null; groupId: string; ids: string[] },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT m.user_id, p.id FROM memberships m CROSS JOIN posts p
      WHERE p.id IN (${anyOf(ids)}) AND m.group_id = ${groupId} AND m.ended_at IS NULL ${within(portion, sql`m.id`)}
        ${authorId === null ? empty : sql`AND m.user_id <> ${authorId} AND NOT ${isBeingRemoved(sql`${authorId}`)}`}
      ON CONFLICT DO NOTHING`);
  }

  /** Adds earlier posts of a group to a new member's feed. */
  async backfillFromGroup(
    transaction: Transaction,
    groupId: string,
    userId: string,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT m.user_id, recent.id
      FROM (SELECT p.id, p.author_id, p.group_id FROM posts p
        WHERE p.group_id = ${groupId} ORDER BY p.id DESC LIMIT ${BACKFILLED}) AS recent
      JOIN memberships m ON m.group_id = recent.group_id AND m.user_id = ${userId}
      WHERE m.ended_at IS NULL AND recent.author_id IS DISTINCT FROM ${userId}
        AND NOT ${isBeingRemoved(sql`recent.author_id`)}
      ON CONFLICT DO NOTHING`);
  }

  /** The post that ends a portion of a group's posts; null if the rest is smaller. */
  async findGroupPostsEnd(
    groupId: string,
    after: string | null,
    size: number,
  ): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(sql`
      SELECT p.id FROM posts p WHERE p.group_id = ${groupId} ${within({ after, upTo: null }, sql`p.id`)}
      ORDER BY p.id LIMIT 1 OFFSET ${size - 1}`);
    return row?.id ?? null;
  }

  /** Removes entries that nobody would see anyway, unless the owner is in the group again by now. */
  async removeGroup(
    transaction: Transaction,
    { groupId, userId }: { groupId: string; userId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE owner_id = ${userId}
        AND post_id IN (
          SELECT p.id FROM posts p WHERE p.group_id = ${groupId} ${within(portion, sql`p.id`)})
        AND NOT ${isMember(sql`${userId}`, sql`${groupId}`)}`);
  }

  async markLarge(transaction: Transaction, authorId: string): Promise<void> {
    await transaction.run(
      sql`INSERT INTO large_authors (author_id) VALUES (${authorId}) ON CONFLICT DO NOTHING`,
    );
  }

  /** Adds earlier posts to a new follower's feed, deleted ones too, as they may be restored. */
  async backfill(transaction: Transaction, followerId: string, followeeId: string): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT f.follower_id, recent.id
      FROM (SELECT p.id, p.author_id FROM posts p
        WHERE p.author_id = ${followeeId} AND p.audience IN ('public', 'followers', 'chosen')
        ORDER BY p.id DESC LIMIT ${BACKFILLED}) AS recent
      JOIN follows f ON f.followee_id = recent.author_id AND f.follower_id = ${followerId}
      WHERE ${isAccepted(sql`f`)} AND NOT ${isBeingRemoved(sql`f.followee_id`)}
        AND NOT EXISTS (SELECT 1 FROM large_authors a WHERE a.author_id = recent.author_id)
      ON CONFLICT DO NOTHING`);
  }

  /** Removes a permanently deleted post from the feeds of its author's followers. */
  async removePost(
    transaction: Transaction,
    { authorId, postId }: { authorId: string; postId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE post_id = ${postId} AND owner_id IN (
        SELECT f.follower_id FROM follows f
        WHERE f.followee_id = ${authorId} AND ${isAccepted(sql`f`)} ${within(portion, sql`f.id`)})`);
  }

  // ——— when an account is removed

  removeSomeOfOwner(transaction: Transaction, ownerId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM feed_entries WHERE owner_id = ${ownerId} AND post_id IN (
        SELECT e.post_id FROM feed_entries e WHERE e.owner_id = ${ownerId} LIMIT ${limit})`);
  }

  async findFollowIdsOf(authorId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT f.id FROM follows f
      WHERE f.followee_id = ${authorId} AND ${isAccepted(sql`f`)} AND f.id > ${after}
      ORDER BY f.id LIMIT ${limit}`);
  }

  async removePostsFromFeeds(
    transaction: Transaction,
    postIds: string[],
    followIds: string[],
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE post_id IN (${anyOf(postIds)}) AND owner_id IN (
        SELECT f.follower_id FROM follows f WHERE f.id IN (${anyOf(followIds)}))`);
  }

  /**
   * Removes entries that nobody would see anyway, unless the owner follows the author again by now. What is in a group
   * is there for its members, whoever they follow.
   */
  async removeAuthor(
    transaction: Transaction,
    { followerId, followeeId }: { followerId: string; followeeId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE owner_id = ${followerId}
        AND post_id IN (
          SELECT p.id FROM posts p
          WHERE p.author_id = ${followeeId} AND p.group_id IS NULL ${within(portion, sql`p.id`)})
        AND NOT ${follows(sql`${followerId}`, sql`${followeeId}`)}`);
  }
}
