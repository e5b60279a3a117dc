import { Injectable } from '@nestjs/common';
import type { FollowStatus } from '@echomate/contracts/follows.dto';
import {
  canSeeCard,
  canSeeProfile,
  canSeeProfileOf,
  follows,
  hiddenFrom,
} from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  empty,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { Follow } from './entities/follow.entity.js';

/** A row of one of the lists of people: whose card to show, and where the page ends. */
export interface PersonRow {
  id: string;
  userId: string;
}

export interface RelationRow {
  following: FollowStatus | null;
  decidedAt: string | null;
  followedBy: FollowStatus | null;
  isMuted: boolean | number;
}

/** Of a profile that the viewer may not see, the numbers are null. */
export interface StandingRow extends RelationRow {
  followerCount: number | null;
  followingCount: number | null;
  mutualCount: number | null;
}

export interface ListQuery {
  viewerId: string;
  before: string | null;
  limit: number;
  /** Narrows by name; a condition with its AND */
  matching: (personId: Sql) => Sql;
}

const COUNTED_MUTUALS = 100;
const NEWEST_COUNTED = 100;
/** A page of activity passes over no more that the viewer may not see. */
const FOLLOWED_LOOKED_AT = 500;
const NO_FOLLOW = '00000000-0000-0000-0000-000000000000';

const relationOf = (viewerId: string): Sql => sql`
  mine.status AS following, mine.decided_at AS "decidedAt", theirs.status AS "followedBy",
  EXISTS (SELECT 1 FROM mutes m WHERE m.muter_id = ${viewerId} AND m.muted_id = u.id) AS "isMuted"`;

const joinRelation = (viewerId: string): Sql => sql`
  LEFT JOIN follows mine ON mine.follower_id = ${viewerId} AND mine.followee_id = u.id
  LEFT JOIN follows theirs ON theirs.follower_id = u.id AND theirs.followee_id = ${viewerId}`;

@Injectable()
export class FollowsRepository {
  constructor(private readonly database: Database) {}

  find(transaction: Transaction, followerId: string, followeeId: string): Promise<Follow | null> {
    return transaction.one(sql`
      SELECT id, follower_id AS "followerId", followee_id AS "followeeId", status,
        created_at AS "createdAt", decided_at AS "decidedAt"
      FROM follows WHERE follower_id = ${followerId} AND followee_id = ${followeeId}`);
  }

  async insert(transaction: Transaction, follow: Follow): Promise<void> {
    await transaction.insert(Follow, follow);
  }

  async decide(
    transaction: Transaction,
    id: string,
    status: Follow['status'],
    decidedAt: string,
  ): Promise<void> {
    await transaction.update(Follow, { id }, { status, decidedAt });
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Follow, { id });
  }

  /** Accepts everyone who waits for this person, and names them. */
  async acceptAll(
    transaction: Transaction,
    followeeId: string,
    decidedAt: string,
  ): Promise<string[]> {
    const rows = await transaction.many<{ followerId: string }>(sql`
      UPDATE follows SET status = 'accepted', decided_at = ${decidedAt}
      WHERE followee_id = ${followeeId} AND status = 'requested'
      RETURNING follower_id AS "followerId"`);
    return rows.map(({ followerId }) => followerId);
  }

  /**
   * How viewer and person stand to each other, and the person's numbers as the viewer may count them: one
   * statement for a profile.
   */
  findStanding(viewerId: string, personId: string): Promise<StandingRow | null> {
    const viewer = sql`${viewerId}`;
    const counted = (count: Sql, isCounted: Sql) => sql`
      CASE WHEN u."isOpen" THEN COALESCE(${count}, 0)
        - (SELECT count(*) FROM ${hiddenFrom(viewer)} AS hidden WHERE ${isCounted}) END`;
    return this.database.one(sql`
      SELECT ${relationOf(viewerId)},
        ${counted(sql`c.followers`, follows(sql`hidden.id`, sql`u.id`))} AS "followerCount",
        ${counted(sql`c.following`, follows(sql`u.id`, sql`hidden.id`))} AS "followingCount",
        CASE WHEN u."isOpen" THEN (SELECT count(*) FROM (
          ${this.mutuals(viewerId, personId, empty)} LIMIT ${COUNTED_MUTUALS}) AS counted) END AS "mutualCount"
      FROM (
        SELECT u.id, ${canSeeProfile(viewer, { id: sql`u.id`, visibility: sql`u.visibility` })} AS "isOpen"
        FROM users u WHERE u.id = ${personId}) AS u
      ${joinRelation(viewerId)}
      LEFT JOIN follow_counts c ON c.user_id = u.id`);
  }

  /** How the viewer stands to each of these people: one statement for a page. */
  findRelations(viewerId: string, ids: string[]): Promise<(RelationRow & { userId: string })[]> {
    return this.database.many(sql`
      SELECT u.id AS "userId", ${relationOf(viewerId)}
      FROM users u ${joinRelation(viewerId)} WHERE u.id IN (${anyOf(ids)})`);
  }

  findFollowers(personId: string, query: ListQuery): Promise<PersonRow[]> {
    return this.findList(personId, sql`f.followee_id`, sql`f.follower_id`, query);
  }

  findFollowing(personId: string, query: ListQuery): Promise<PersonRow[]> {
    return this.findList(personId, sql`f.follower_id`, sql`f.followee_id`, query);
  }

  findMutuals(
    personId: string,
    { viewerId, before, limit, matching }: ListQuery,
  ): Promise<PersonRow[]> {
    const more = sql`AND ${canSeeProfileOf(sql`${viewerId}`, sql`${personId}`)}
      ${matching(sql`mine.followee_id`)} ${before ? sql`AND mine.id < ${before}` : empty}`;
    return this.database.many(
      sql`${this.mutuals(viewerId, personId, more)} ORDER BY mine.id DESC LIMIT ${limit}`,
    );
  }

  findRequests(
    followeeId: string,
    before: string | null,
    limit: number,
  ): Promise<(PersonRow & { requestedAt: string })[]> {
    return this.database.many(sql`
      SELECT f.id, f.follower_id AS "userId", f.created_at AS "requestedAt" FROM follows f
      WHERE f.followee_id = ${followeeId} AND f.status = 'requested'
        AND ${canSeeCard(sql`${followeeId}`, sql`f.follower_id`)} ${before ? sql`AND f.id < ${before}` : empty}
      ORDER BY f.id DESC LIMIT ${limit}`);
  }

  async countNews(userId: string): Promise<{ requests: number; newFollowers: number }> {
    const row = await this.database.one<{ requests: number; newFollowers: number }>(sql`
      SELECT
        COALESCE((SELECT c.requests FROM follow_counts c WHERE c.user_id = ${userId}), 0) AS requests,
        (SELECT count(*) FROM (
          SELECT 1 FROM follows f
          WHERE f.followee_id = ${userId} AND f.status = 'accepted' AND f.decided_at IS NULL
            AND f.id > COALESCE((SELECT c.seen_follow_id FROM follow_counts c WHERE c.user_id = ${userId}), ${NO_FOLLOW})
          LIMIT ${NEWEST_COUNTED}) AS newest) AS "newFollowers"`);
    return row!;
  }

  async findNewestFollowId(transaction: Transaction, userId: string): Promise<string | null> {
    const row = await transaction.one<{ id: string }>(sql`
      SELECT id FROM follows WHERE followee_id = ${userId} AND status = 'accepted' ORDER BY id DESC LIMIT 1`);
    return row?.id ?? null;
  }

  /** Of the newest that a page looks at, those followed whose profile the viewer may see too. */
  findFollowed(
    personId: string,
    viewerId: string,
    before: string | null,
    limit: number,
  ): Promise<(PersonRow & { at: string })[]> {
    const viewer = sql`${viewerId}`;
    return this.database.many(sql`
      SELECT f.id, f.followee_id AS "userId", COALESCE(f.decided_at, f.created_at) AS at
      FROM (SELECT * ${this.newestOf(personId, before)} LIMIT ${FOLLOWED_LOOKED_AT}) AS f
      JOIN users u ON u.id = f.followee_id
      WHERE ${canSeeProfileOf(viewer, sql`${personId}`)}
        AND ${canSeeProfile(viewer, { id: sql`u.id`, visibility: sql`u.visibility` })}
      ORDER BY f.id DESC LIMIT ${limit}`);
  }

  /** Where such a page stops looking; null if there is no more. */
  async findLastLookedAt(personId: string, before: string | null): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(
      sql`SELECT own.id ${this.newestOf(personId, before)} LIMIT 1 OFFSET ${FOLLOWED_LOOKED_AT - 1}`,
    );
    return row?.id ?? null;
  }

  /** People followed by those the viewer follows, most often first. */
  findSuggested(
    viewerId: string,
    limit: number,
  ): Promise<{ userId: string; followedByCount: number }[]> {
    return this.database.many(sql`
      SELECT f.followee_id AS "userId", count(*) AS "followedByCount"
      FROM (${this.newestFollowed(viewerId)}) AS mine
      JOIN follows f ON f.follower_id = mine.followee_id AND f.status = 'accepted'
      WHERE f.followee_id <> ${viewerId}
        AND NOT EXISTS (SELECT 1 FROM follows own WHERE own.follower_id = ${viewerId} AND own.followee_id = f.followee_id)
        AND NOT EXISTS (SELECT 1 FROM mutes m WHERE m.muter_id = ${viewerId} AND m.muted_id = f.followee_id)
        AND ${canSeeCard(sql`${viewerId}`, sql`f.followee_id`)}
      GROUP BY f.followee_id ORDER BY count(*) DESC, f.followee_id DESC LIMIT ${limit}`);
  }

  findReasons(
    viewerId: string,
    suggestedIds: string[],
  ): Promise<{ userId: string; byId: string }[]> {
    return this.database.many(sql`
      SELECT f.followee_id AS "userId", f.follower_id AS "byId"
      FROM (${this.newestFollowed(viewerId)}) AS mine
      JOIN follows f ON f.follower_id = mine.followee_id AND f.status = 'accepted'
      WHERE f.followee_id IN (${anyOf(suggestedIds)}) ORDER BY f.id DESC`);
  }

  private newestOf(personId: string, before: string | null): Sql {
    return sql`
      FROM follows own WHERE own.follower_id = ${personId} AND own.status = 'accepted'
        ${before ? sql`AND own.id < ${before}` : empty} ORDER BY own.id DESC`;
  }

  private findList(
    ownerId: string,
    owner: Sql,
    person: Sql,
    { viewerId, before, limit, matching }: ListQuery,
  ): Promise<PersonRow[]> {
    return this.database.many(sql`
      SELECT f.id, ${person} AS "userId" FROM follows f
      WHERE ${owner} = ${ownerId} AND f.status = 'accepted' AND ${canSeeCard(sql`${viewerId}`, person)}
        AND ${canSeeProfileOf(sql`${viewerId}`, sql`${ownerId}`)}
        ${matching(person)} ${before ? sql`AND f.id < ${before}` : empty}
      ORDER BY f.id DESC LIMIT ${limit}`);
  }

  /** People whom the viewer follows and who follow the person. */
  private mutuals(viewerId: string, personId: string, more: Sql): Sql {
    return sql`
      SELECT mine.id, mine.followee_id AS "userId" FROM follows mine
      WHERE mine.follower_id = ${viewerId} AND mine.status = 'accepted'
        AND ${follows(sql`mine.followee_id`, sql`${personId}`)} AND ${canSeeCard(sql`${viewerId}`, sql`mine.followee_id`)} ${more}`;
  }

  /** Enough to suggest from; someone who follows thousands need not have all of them asked. */
  private newestFollowed(viewerId: string): Sql {
    return sql`
      SELECT followee_id FROM follows
      WHERE follower_id = ${viewerId} AND status = 'accepted' ORDER BY id DESC LIMIT 200`;
  }
}
