import { sql, type Sql } from '../platform/database/statements.js';
import { blockedBy } from './profile.access.js';

/**
 * How many people the rule lets through, told from numbers that are kept: everyone is too many to be asked. Each
 * is a statement with one `count`, and the same answer as asking the rule, which a test compares.
 */

/** Everyone but the person who sees the card. Two who blocked each other are hidden once. */
export const countOthers = (person: Sql): Sql => sql`
  WITH hidden AS MATERIALIZED (SELECT
    (SELECT count(*) FROM blocks WHERE blocks.blocker_id = ${person}) AS mine,
    (SELECT count(*) FROM blocks WHERE blocks.blocked_id = ${person}) AS theirs)
  SELECT (SELECT count(*) FROM users) - 1 - mine - theirs
    + CASE
      WHEN mine = 0 OR theirs = 0 THEN 0
      WHEN mine < theirs THEN (
        SELECT count(*) FROM blocks AS one
        WHERE one.blocker_id = ${person} AND ${blockedBy(sql`one.blocked_id`, person)})
      ELSE (
        SELECT count(*) FROM blocks AS one
        WHERE one.blocked_id = ${person} AND ${blockedBy(person, sql`one.blocker_id`)}) END AS count
  FROM hidden`;

/** Blocking ends every follow between two people: nobody who follows is hidden. */
export const countFollowers = (person: Sql): Sql => sql`
  SELECT COALESCE((SELECT followers FROM follow_counts WHERE user_id = ${person}), 0) AS count`;
