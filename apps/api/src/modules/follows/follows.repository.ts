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
  isActive,
  follows,
  narrowed,
} from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID, type IdSpan } from '../../platform/database/ids.js';
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
 * Counters include everyone, next to how much of that is hidden from the viewer: see `VisibleCounts`. They are null if
 * the viewer may not see the profile.
 */
export interface StandingRow extends RelationRow {
  id: string;
  followerCount: number | null;
  hiddenFollowers: number | null;
  followingCount: number | null;
  hiddenFollowing: number | null;
}

export type FollowSide = 'following' | 'followers';

export interface RecountedFollow {
  followerId: string;
  followeeId: string;
  status: Follow['status'];
  isCounted: boolean | number;
}

const SIDES: Record<FollowSide, Sql> = {
  following: sql`f.follower_id`,
  followers: sql`f.followee_id`,
};

const areActive = (one: Sql, other: Sql): Sql => sql`(${isActive(one)} AND ${isActive(other)})`;

const isCounted = (row: { isCounted: boolean | number } | null): boolean => Boolean(row?.isCounted);

const COUNTED_MUTUALS = 100;
const NEWEST_COUNTED = 100;

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

/** People whom the viewer follows and who follow a person. */
const mutualsWith = (viewer: Sql, someone: Sql): PeopleList & { condition: Sql } => {
  const followed = followedBy(viewer);
  return {
    ...followed,
    condition: follows(followed.person, someone),
    rowOf: sql`CASE WHEN ${follows(sql`u.id`, someone)} THEN ${followed.rowOf} END`,
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

const FOLLOWED = {
  rows: sql`follows listed
    WHERE listed.follower_id = ${person} AND listed.status = 'accepted' AND listed.id > ${named('after')}`,
  id: sql`listed.id`,
  columns: { userId: sql`listed.followee_id` },
  rule: narrowed(canSeeProfileOf(viewer, person), canSeeProfileOf(viewer, sql`listed.followee_id`)),
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

  // Each of these returns whether the follow is, or was, counted.

  async insert(
    transaction: Transaction,
    { id, followerId, followeeId, status, createdAt }: Omit<Follow, 'isCounted'>,
  ): Promise<boolean> {
    return isCounted(
      await transaction.one(sql`
        INSERT INTO follows (id, follower_id, followee_id, status, created_at, is_counted)
        VALUES (${id}, ${followerId}, ${followeeId}, ${status}, ${createdAt},
          ${areActive(sql`${followerId}`, sql`${followeeId}`)})
        RETURNING is_counted AS "isCounted"`),
    );
  }

  async decide(
    transaction: Transaction,
    id: string,
    status: Follow['status'],
    decidedAt: string,
  ): Promise<boolean> {
    return isCounted(
      await transaction.one(sql`
        UPDATE follows SET status = ${status}, decided_at = ${decidedAt}
        WHERE id = ${id} RETURNING is_counted AS "isCounted"`),
    );
  }

  /** A declined request waits again, where it waited before. */
  async reopen(transaction: Transaction, id: string): Promise<boolean> {
    return isCounted(
      await transaction.one(sql`
        UPDATE follows SET status = 'requested', decided_at = NULL,
          is_counted = ${areActive(sql`follows.follower_id`, sql`follows.followee_id`)}
        WHERE id = ${id} RETURNING is_counted AS "isCounted"`),
    );
  }

  async delete(transaction: Transaction, id: string): Promise<boolean> {
    return isCounted(
      await transaction.one(
        sql`DELETE FROM follows WHERE id = ${id} RETURNING is_counted AS "isCounted"`,
      ),
    );
  }

  /** A portion of the person's follows on one side. */
  async findIdsOf(
    userId: string,
    side: FollowSide,
    status: Follow['status'],
    after: string,
    limit: number,
  ): Promise<string[]> {
    return this.database.ids(sql`
      SELECT f.id FROM follows f
      WHERE ${SIDES[side]} = ${userId} AND f.status = ${status} AND f.id > ${after}
      ORDER BY f.id LIMIT ${limit}`);
  }

  /** Corrects which of these follows are counted, and returns those it changed. */
  async recount(transaction: Transaction, ids: string[]): Promise<RecountedFollow[]> {
    await transaction.lockRows(sql`follows`, ids);
    const should = areActive(sql`follows.follower_id`, sql`follows.followee_id`);
    return transaction.many(sql`
      UPDATE follows SET is_counted = ${should}
      WHERE id IN (${anyOf(ids)}) AND is_counted <> ${should}
      RETURNING follower_id AS "followerId", followee_id AS "followeeId", status, is_counted AS "isCounted"`);
  }

  /** On either side; the caller has made sure that they are not counted. Returns how many it deleted. */
  deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM follows WHERE id IN (
        SELECT id FROM (
          SELECT id FROM follows WHERE follower_id = ${userId}
          UNION ALL SELECT id FROM follows WHERE followee_id = ${userId}) AS own
        LIMIT ${limit})`);
  }

  /** Accepts the oldest requests to this person, up to `limit`, and returns them. */
  async acceptWaiting(
    transaction: Transaction,
    followeeId: string,
    decidedAt: string,
    limit: number,
  ): Promise<{ followerId: string; isCounted: boolean | number }[]> {
    return transaction.many(sql`
      UPDATE follows SET status = 'accepted', decided_at = ${decidedAt}
      WHERE id IN (
        SELECT f.id FROM follows f WHERE f.followee_id = ${followeeId} AND f.status = 'requested'
        ORDER BY f.id LIMIT ${limit})
      RETURNING follower_id AS "followerId", is_counted AS "isCounted"`);
  }

  /** The relation between viewer and person, and the person's counters, in one statement. */
  findStanding(viewerId: string, personId: string): Promise<StandingRow | null> {
    return this.database.one(new Statement(STANDING, { viewer: viewerId, person: personId }));
  }

  /** The viewer's relations to these people, in one statement for a page. */
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

  /** A list on a person's profile, empty for those who may not see the profile. */
  private peopleOf(viewerId: string, personId: string, list: PeopleList): PeopleList {
    const isOpen = canSeeProfileOf(sql`${viewerId}`, sql`${personId}`);
    return {
      ...list,
      condition: list.condition ? sql`${list.condition} AND ${isOpen}` : isOpen,
      rowOf: sql`CASE WHEN ${isOpen} THEN ${list.rowOf} END`,
    };
  }

  /** Counted up to a hundred: the viewer may follow thousands, and each has to be checked. */
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
          SELECT f.decided_at, f.follower_id FROM follows f
          WHERE f.followee_id = ${userId} AND f.status = 'accepted'
            AND f.id > COALESCE((SELECT c.seen_follow_id FROM follow_counts c WHERE c.user_id = ${userId}), ${FIRST_ID})
          ORDER BY f.id DESC LIMIT ${NEWEST_COUNTED}) AS newest
          WHERE newest.decided_at IS NULL AND ${isActive(sql`newest.follower_id`)}) AS "newFollowers"`);
    return row!;
  }

  async findNewestFollowId(transaction: Transaction, userId: string): Promise<string | null> {
    const row = await transaction.one<{ id: string }>(sql`
      SELECT id FROM follows WHERE followee_id = ${userId} AND status = 'accepted' ORDER BY id DESC LIMIT 1`);
    return row?.id ?? null;
  }

  /** Whom the person followed, if the viewer may see both profiles. */
  findFollowed(
    viewerId: string,
    personId: string,
    { before, after }: IdSpan,
    limit: number,
  ): Promise<PersonRow[]> {
    const values = { viewer: viewerId, person: personId, after: after ?? FIRST_ID };
    return findInPortions(this.database, FOLLOWED, before, limit, { values });
  }
}
