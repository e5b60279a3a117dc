import { empty, sql, type Rule, type Sql } from '../platform/database/statements.js';
import { asRule } from './rule.js';

/**
 * The only definition of who may see a person. Every part is a condition for a WHERE, a SELECT or a JOIN. Viewer and
 * person are SQL too, a value or a column, so one rule answers both "what may she see" and "who may see her". Whatever
 * is not stated here is denied.
 */

export const blockedBy = (blocker: Sql, blocked: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM blocks WHERE blocks.blocker_id = ${blocker} AND blocks.blocked_id = ${blocked})`;

/** Either has blocked the other; then neither exists for the other. */
export const blockedEitherWay = (one: Sql, other: Sql): Sql =>
  sql`(${blockedBy(one, other)} OR ${blockedBy(other, one)})`;

/** Only an accepted request grants anything; a pending or declined one grants nothing. */
export const isAccepted = (follow: Sql): Sql => sql`${follow}.status = 'accepted'`;

/**
 * Whether a request of one to follow the other has been accepted. A scalar subquery: PostgreSQL would make a join of an
 * EXISTS, and read everyone whom the viewer follows before the list that it belongs to.
 */
export const follows = (follower: Sql, followee: Sql): Sql => sql`((
  SELECT accepted.id FROM follows AS accepted
  WHERE accepted.follower_id = ${follower} AND accepted.followee_id = ${followee}
    AND ${isAccepted(sql`accepted`)}) IS NOT NULL)`;

/** Nobody sees a person whose account is deactivated or suspended. */
export const isActive = (person: Sql): Sql => sql`NOT EXISTS (
  SELECT 1 FROM inactive_accounts AS inactive WHERE inactive.user_id = ${person})`;

/** Nobody will ever see the account again: what is kept of it is being taken away. */
export const isBeingRemoved = (person: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM inactive_accounts AS removed
  WHERE removed.user_id = ${person} AND removed.reason = 'removed')`;

/** Name and avatar. */
export const canSeeCard = (viewer: Sql, person: Sql): Rule =>
  asRule(sql`(${isActive(person)} AND NOT ${blockedEitherWay(viewer, person)})`);

/** For the viewer's own list of blocked people, the only place that shows their names. */
export const canSeeBlocked = (viewer: Sql, person: Sql): Rule =>
  asRule(sql`(${isActive(person)} AND ${blockedBy(viewer, person)})`);

/** The columns of `users` that the rule reads, as the query names them. */
export interface PersonColumns {
  id: Sql;
  visibility: Sql;
}

/** The whole profile page except fields with a visibility of their own. */
export const canSeeProfile = (viewer: Sql, { id, visibility }: PersonColumns): Rule =>
  asRule(sql`(
  ${id} = ${viewer}
  OR (${canSeeCard(viewer, id)} AND (${visibility} = 'public' OR ${follows(viewer, id)})))`);

/** The same, if the query has only the person's id. */
export const canSeeProfileOf = (viewer: Sql, personId: Sql): Rule =>
  asRule(sql`EXISTS (
  SELECT 1 FROM users AS person
  WHERE person.id = ${personId}
    AND ${canSeeProfile(viewer, { id: sql`person.id`, visibility: sql`person.visibility` })})`);

export const hasPublicProfile = (personId: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM users AS person WHERE person.id = ${personId} AND person.visibility = 'public')`;

/** A field of the profile; `fieldVisibility` is the column with its setting. */
export const canSeeField = (viewer: Sql, person: PersonColumns, fieldVisibility: Sql): Sql => sql`(
  ${person.id} = ${viewer}
  OR (${fieldVisibility} = 'profile' AND ${canSeeProfile(viewer, person)})
  OR (${fieldVisibility} = 'followers' AND ${canSeeCard(viewer, person.id)} AND ${follows(viewer, person.id)}))`;

/** People with ids greater than `after` and, if given, not greater than `upTo`. */
export interface IdRange {
  after: Sql;
  upTo?: Sql;
}

const isIn = (id: Sql, { after, upTo }: IdRange): Sql =>
  sql`AND ${id} > ${after} ${upTo ? sql`AND ${id} <= ${upTo}` : empty}`;

/**
 * Everyone hidden from the viewer by a block, or those in a range of ids, as rows with an `id`. Two people who blocked
 * each other appear twice.
 */
export const hiddenFrom = (viewer: Sql, among?: IdRange): Sql => sql`(
  SELECT blocked_id AS id FROM blocks
  WHERE blocker_id = ${viewer} ${among ? isIn(sql`blocked_id`, among) : empty}
  UNION ALL
  SELECT blocker_id AS id FROM blocks
  WHERE blocked_id = ${viewer} ${among ? isIn(sql`blocker_id`, among) : empty})`;

/** A rule with a further condition, so fewer rows pass. */
export const narrowed = (rule: Rule, condition: Sql): Rule =>
  asRule(sql`(${rule} AND ${condition})`);

/** Muting is a preference, not a matter of permission: it keeps muted people out of feeds, suggestions and the like. */
export const isMuted = (viewer: Sql, person: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM mutes WHERE mutes.muter_id = ${viewer} AND mutes.muted_id = ${person})`;
