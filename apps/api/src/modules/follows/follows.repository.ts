import { Injectable } from '@nestjs/common';
import type { FollowStatus } from '@echomate/contracts/follows.dto';
import {
  followersHidden,
  followingHidden,
  ifFewAreHidden,
} from '../../access/hidden-counts.access.js';
import {
  canSeeCard,
  canSeeProfile,
  canSeeProfileOf,
  isFollowing,
  isMuted,
  narrowed,
} from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import { countInPortions, findInPortions } from '../../platform/database/portions.js';
import {
  anyNamed,
  anyOf,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import type { PeopleList, PersonRow } from '../users/users.service.js';
import { Follow } from './entities/follow.entity.js';

export interface RelationRow {
  following: FollowStatus | null;
  decidedAt: string | null;
  followedBy: FollowStatus | null;
  isMuted: boolean | number;
}

/**
 * With numbers that count everyone, null of a profile that the viewer may not see, and what of them is hidden: see
 * `VisibleCounts`.
 */
export interface StandingRow extends RelationRow {
  id: string;
  followerCount: number | null;
  hiddenFollowers: number | null;
  followingCount: number | null;
  hiddenFollowing: number | null;
}

const COUNTED_MUTUALS = 100;
const NEWEST_COUNTED = 100;
/** Enough to suggest from; whoever follows thousands need not have all of them asked. */
const FOLLOWED_LOOKED_AT = 100;
const FOLLOWS_LOOKED_AT = 25;

const viewer = named('viewer');
const person = named('person');

const RELATION = sql`
  mine.status AS following, mine.decided_at AS "decidedAt", theirs.status AS "followedBy",
  EXISTS (SELECT 1 FROM mutes m WHERE m.muter_id = ${viewer} AND m.muted_id = u.id) AS "isMuted"`;

const JOIN_RELATION = sql`
  LEFT JOIN follows mine ON mine.follower_id = ${viewer} AND mine.followee_id = u.id
  LEFT JOIN follows theirs ON theirs.follower_id = u.id AND theirs.followee_id = ${viewer}`;

const STANDING = sql`
  SELECT u.id, ${RELATION},
    CASE WHEN u."isOpen" THEN COALESCE(c.followers, 0) END AS "followerCount",
    ${ifFewAreHidden(viewer, followersHidden(viewer, sql`u.id`))} AS "hiddenFollowers",
    CASE WHEN u."isOpen" THEN COALESCE(c.following, 0) END AS "followingCount",
    ${ifFewAreHidden(viewer, followingHidden(viewer, sql`u.id`))} AS "hiddenFollowing"
  FROM (
    SELECT u.id, ${canSeeProfile(viewer, { id: sql`u.id`, visibility: sql`u.visibility` })} AS "isOpen"
    FROM users u WHERE u.id = ${person}) AS u
  ${JOIN_RELATION}
  LEFT JOIN follow_counts c ON c.user_id = u.id`;

const RELATIONS = shaped(
  (size: number) => sql`
    SELECT u.id AS "userId", ${RELATION}
    FROM users u ${JOIN_RELATION} WHERE u.id IN (${anyNamed('ids', size)})`,
);

const followedBy = (someone: Sql): PeopleList => ({
  rows: sql`follows listed WHERE listed.follower_id = ${someone} AND listed.status = 'accepted'`,
  id: sql`listed.id`,
  person: sql`listed.followee_id`,
  rowOf: sql`(
    SELECT f.id FROM follows f
    WHERE f.follower_id = ${someone} AND f.followee_id = u.id AND f.status = 'accepted')`,
});

/** People whom the viewer follows and who follow somebody. */
const mutualsWith = (viewer: Sql, someone: Sql): PeopleList & { condition: Sql } => {
  const followed = followedBy(viewer);
  return {
    ...followed,
    condition: isFollowing(followed.person, someone),
    rowOf: sql`CASE WHEN ${isFollowing(sql`u.id`, someone)} THEN ${followed.rowOf} END`,
  };
};

const mutuals = mutualsWith(viewer, person);

const MUTUALS = {
  rows: mutuals.rows,
  id: mutuals.id,
  columns: {},
  rule: narrowed(
    canSeeProfileOf(viewer, person),
    sql`${mutuals.condition} AND ${canSeeCard(viewer, mutuals.person)}`,
  ),
};

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

  /** Accepts those who have waited longest for this person, up to `limit`, and names them. */
  async acceptWaiting(
    transaction: Transaction,
    followeeId: string,
    decidedAt: string,
    limit: number,
  ): Promise<string[]> {
    const rows = await transaction.many<{ followerId: string }>(sql`
      UPDATE follows SET status = 'accepted', decided_at = ${decidedAt}
      WHERE id IN (
        SELECT f.id FROM follows f WHERE f.followee_id = ${followeeId} AND f.status = 'requested'
        ORDER BY f.id LIMIT ${limit})
      RETURNING follower_id AS "followerId"`);
    return rows.map(({ followerId }) => followerId);
  }

  /** How viewer and person stand to each other, and the person's numbers: one statement for a profile. */
  findStanding(viewerId: string, personId: string): Promise<StandingRow | null> {
    return this.database.one(new Statement(STANDING, { viewer: viewerId, person: personId }));
  }

  /** How the viewer stands to each of these people: one statement for a page. */
  findRelations(viewerId: string, ids: string[]): Promise<(RelationRow & { userId: string })[]> {
    return this.database.many(new Statement(RELATIONS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  followersOf(viewerId: string, personId: string): PeopleList {
    return this.peopleOf(viewerId, personId, {
      rows: sql`follows listed WHERE listed.followee_id = ${personId} AND listed.status = 'accepted'`,
      id: sql`listed.id`,
      person: sql`listed.follower_id`,
      rowOf: sql`(
        SELECT f.id FROM follows f
        WHERE f.follower_id = u.id AND f.followee_id = ${personId} AND f.status = 'accepted')`,
    });
  }

  followingOf(viewerId: string, personId: string): PeopleList {
    return this.peopleOf(viewerId, personId, followedBy(sql`${personId}`));
  }

  /** People whom the viewer follows and who follow the person. */
  mutualsOf(viewerId: string, personId: string): PeopleList {
    return this.peopleOf(viewerId, personId, mutualsWith(sql`${viewerId}`, sql`${personId}`));
  }

  /** A list that is part of a person's profile, for those who may see that. */
  private peopleOf(viewerId: string, personId: string, list: PeopleList): PeopleList {
    const isOpen = canSeeProfileOf(sql`${viewerId}`, sql`${personId}`);
    return {
      ...list,
      condition: list.condition ? sql`${list.condition} AND ${isOpen}` : isOpen,
      rowOf: sql`CASE WHEN ${isOpen} THEN ${list.rowOf} END`,
    };
  }

  /** Counted up to a hundred: thousands whom the viewer follows may have to be asked about. */
  countMutuals(viewerId: string, personId: string): Promise<number> {
    const values = { viewer: viewerId, person: personId };
    return countInPortions(this.database, MUTUALS, COUNTED_MUTUALS, values);
  }

  findRequests(
    followeeId: string,
    before: string | null,
    limit: number,
  ): Promise<(PersonRow & { requestedAt: string })[]> {
    return findInPortions(
      this.database,
      {
        rows: sql`follows listed WHERE listed.followee_id = ${followeeId} AND listed.status = 'requested'`,
        id: sql`listed.id`,
        columns: { userId: sql`listed.follower_id`, requestedAt: sql`listed.created_at` },
        rule: canSeeCard(sql`${followeeId}`, sql`listed.follower_id`),
      },
      before,
      limit,
    );
  }

  async countUnseen(userId: string): Promise<{ requests: number; newFollowers: number }> {
    const row = await this.database.one<{ requests: number; newFollowers: number }>(sql`
      SELECT
        COALESCE((SELECT c.requests FROM follow_counts c WHERE c.user_id = ${userId}), 0) AS requests,
        (SELECT count(*) FROM (
          SELECT f.decided_at FROM follows f
          WHERE f.followee_id = ${userId} AND f.status = 'accepted'
            AND f.id > COALESCE((SELECT c.seen_follow_id FROM follow_counts c WHERE c.user_id = ${userId}), ${FIRST_ID})
          ORDER BY f.id DESC LIMIT ${NEWEST_COUNTED}) AS newest
          WHERE newest.decided_at IS NULL) AS "newFollowers"`);
    return row!;
  }

  async findNewestFollowId(transaction: Transaction, userId: string): Promise<string | null> {
    const row = await transaction.one<{ id: string }>(sql`
      SELECT id FROM follows WHERE followee_id = ${userId} AND status = 'accepted' ORDER BY id DESC LIMIT 1`);
    return row?.id ?? null;
  }

  /** Those followed whose profile the viewer may see too. */
  findFollowed(
    personId: string,
    viewerId: string,
    before: string | null,
    limit: number,
  ): Promise<(PersonRow & { at: string })[]> {
    const viewer = sql`${viewerId}`;
    return findInPortions(
      this.database,
      {
        rows: sql`follows listed WHERE listed.follower_id = ${personId} AND listed.status = 'accepted'`,
        id: sql`listed.id`,
        columns: {
          userId: sql`listed.followee_id`,
          at: sql`COALESCE(listed.decided_at, listed.created_at)`,
        },
        rule: narrowed(
          canSeeProfileOf(viewer, sql`${personId}`),
          canSeeProfileOf(viewer, sql`listed.followee_id`),
        ),
      },
      before,
      limit,
    );
  }

  /**
   * Who is followed by those the viewer follows, and by whom, newest first: a look at the newest of them, and at
   * the newest follows of each.
   */
  findFollowedByFollowed(viewerId: string): Promise<{ userId: string; byId: string }[]> {
    return this.database.many(sql`
      SELECT f.followee_id AS "userId", mine.followee_id AS "byId"
      FROM (
        SELECT own.followee_id, (
          SELECT theirs.id FROM follows theirs
          WHERE theirs.follower_id = own.followee_id AND theirs.status = 'accepted'
          ORDER BY theirs.id DESC LIMIT 1 OFFSET ${FOLLOWS_LOOKED_AT - 1}) AS floor
        FROM follows own WHERE own.follower_id = ${viewerId} AND own.status = 'accepted'
        ORDER BY own.id DESC LIMIT ${FOLLOWED_LOOKED_AT}) AS mine
      CROSS JOIN follows f
      WHERE f.follower_id = mine.followee_id AND f.status = 'accepted' AND f.id >= COALESCE(mine.floor, ${FIRST_ID})
      ORDER BY f.id DESC`);
  }

  /** Those of them who can be suggested: whom the viewer may know, does not follow and has not muted. */
  async findUnfollowed(viewerId: string, ids: string[]): Promise<Set<string>> {
    const rows = await this.database.many<{ id: string }>(sql`
      SELECT u.id FROM users u
      WHERE u.id IN (${anyOf(ids)}) AND u.id <> ${viewerId}
        AND NOT EXISTS (SELECT 1 FROM follows own WHERE own.follower_id = ${viewerId} AND own.followee_id = u.id)
        AND NOT ${isMuted(sql`${viewerId}`, sql`u.id`)} AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}`);
    return new Set(rows.map(({ id }) => id));
  }
}
