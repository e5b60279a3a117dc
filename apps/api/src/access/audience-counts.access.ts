import { membersHidden } from './hidden-counts.access.js';
import { sql, type Sql } from '../platform/database/statements.js';
import { blockedBy, follows, isActive } from './profile.access.js';

/**
 * How many people pass the rule, computed from stored counters, because there are too many people to test each. Each is
 * a statement with one column `count` and equals what testing each would give; a test compares the two.
 */

/** Every active account except the person's own, which is active too. Mutual blocks are subtracted once. */
export const countOthers = (person: Sql): Sql => sql`
  WITH hidden AS MATERIALIZED (SELECT
    (SELECT count(*) FROM blocks
      WHERE blocks.blocker_id = ${person} AND ${isActive(sql`blocks.blocked_id`)}) AS mine,
    (SELECT count(*) FROM blocks
      WHERE blocks.blocked_id = ${person} AND ${isActive(sql`blocks.blocker_id`)}) AS theirs)
  SELECT (SELECT count(*) FROM users) - (SELECT count(DISTINCT user_id) FROM inactive_accounts)
    - 1 - mine - theirs
    + CASE
      WHEN mine = 0 OR theirs = 0 THEN 0
      WHEN mine < theirs THEN (
        SELECT count(*) FROM blocks AS one
        WHERE one.blocker_id = ${person} AND ${blockedBy(sql`one.blocked_id`, person)}
          AND ${isActive(sql`one.blocked_id`)})
      ELSE (
        SELECT count(*) FROM blocks AS one
        WHERE one.blocked_id = ${person} AND ${blockedBy(person, sql`one.blocker_id`)}
          AND ${isActive(sql`one.blocker_id`)}) END AS count
  FROM hidden`;

/** The other members of a group; the person's own blocks hide few of them. */
export const countMembers = (person: Sql, groupId: Sql): Sql => sql`
  SELECT g.member_count - 1 - ${membersHidden(person, groupId)} AS count FROM groups g WHERE g.id = ${groupId}`;

/** Blocking ends every follow between two people, so no follower is hidden. */
export const countFollowers = (person: Sql): Sql => sql`
  SELECT COALESCE((SELECT followers FROM follow_counts WHERE user_id = ${person}), 0) AS count`;

/** The members of a group who follow the person, read one by one. */
export const countFollowersAmongMembers = (person: Sql, groupId: Sql): Sql => sql`
  SELECT count(*) AS count FROM memberships m
  WHERE m.group_id = ${groupId} AND m.ended_at IS NULL AND m.is_counted AND ${follows(sql`m.user_id`, person)}`;
