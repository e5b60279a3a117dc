import { empty, sql, type Rule, type Sql } from '../platform/database/statements.js';
import { asRule } from './rule.js';

/**
 * The only definition of who may see a person. Every part is a condition for a WHERE, a SELECT or a JOIN;
 * viewer and person are SQL too, so a value or a column can stand in either place: "what may she see" and
 * "who may see her" are one rule. Whatever is not stated here is denied.
 */

export const blockedBy = (blocker: Sql, blocked: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM blocks WHERE blocks.blocker_id = ${blocker} AND blocks.blocked_id = ${blocked})`;

/** One of the two has blocked the other: then neither exists for the other. */
export const blockedEitherWay = (one: Sql, other: Sql): Sql =>
  sql`(${blockedBy(one, other)} OR ${blockedBy(other, one)})`;

/** Only an accepted request opens anything; one that waits or was declined counts for nothing. */
export const isAccepted = (follow: Sql): Sql => sql`${follow}.status = 'accepted'`;

/** Whether one person's request to follow another has been accepted. */
export const follows = (follower: Sql, followee: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM follows AS f
  WHERE f.follower_id = ${follower} AND f.followee_id = ${followee} AND ${isAccepted(sql`f`)})`;

/** The same, in a form that PostgreSQL does not turn round: it would read all followers instead. */
export const isFollowing = (follower: Sql, followee: Sql): Sql => sql`(
  SELECT f.id FROM follows f
  WHERE f.follower_id = ${follower} AND f.followee_id = ${followee} AND ${isAccepted(sql`f`)}) IS NOT NULL`;

/** The name and face by which people recognise each other. */
export const canSeeCard = (viewer: Sql, person: Sql): Rule =>
  asRule(sql`(NOT ${blockedEitherWay(viewer, person)})`);

/** The columns of `users` that decide, as they are named in the query at hand. */
export interface PersonColumns {
  id: Sql;
  visibility: Sql;
}

/** Everything on the profile page but what has a switch of its own. */
export const canSeeProfile = (viewer: Sql, { id, visibility }: PersonColumns): Rule =>
  asRule(sql`(
  ${id} = ${viewer}
  OR (${canSeeCard(viewer, id)} AND (${visibility} = 'public' OR ${follows(viewer, id)})))`);

/** The same for whoever is at hand by id alone. */
export const canSeeProfileOf = (viewer: Sql, personId: Sql): Rule =>
  asRule(sql`EXISTS (
  SELECT 1 FROM users AS person
  WHERE person.id = ${personId}
    AND ${canSeeProfile(viewer, { id: sql`person.id`, visibility: sql`person.visibility` })})`);

/** A field whose switch is in the given column. */
export const canSeeField = (viewer: Sql, person: PersonColumns, fieldVisibility: Sql): Sql => sql`(
  ${person.id} = ${viewer}
  OR (${fieldVisibility} = 'profile' AND ${canSeeProfile(viewer, person)})
  OR (${fieldVisibility} = 'followers' AND ${canSeeCard(viewer, person.id)} AND ${follows(viewer, person.id)}))`;

/** People whose ids come after one, and up to another if there is an end. */
export interface IdRange {
  after: Sql;
  upTo?: Sql;
}

const isIn = (id: Sql, { after, upTo }: IdRange): Sql =>
  sql`AND ${id} > ${after} ${upTo ? sql`AND ${id} <= ${upTo}` : empty}`;

/**
 * Everyone who is hidden from the viewer by a block, as rows with an `id`, or a part of them; twice if each has
 * blocked the other.
 */
export const hiddenFrom = (viewer: Sql, among?: IdRange): Sql => sql`(
  SELECT blocked_id AS id FROM blocks
  WHERE blocker_id = ${viewer} ${among ? isIn(sql`blocked_id`, among) : empty}
  UNION ALL
  SELECT blocker_id AS id FROM blocks
  WHERE blocked_id = ${viewer} ${among ? isIn(sql`blocker_id`, among) : empty})`;

/** A rule, and something else besides: fewer pass. */
export const narrowed = (rule: Rule, condition: Sql): Rule =>
  asRule(sql`(${rule} AND ${condition})`);

/** Not a matter of what one may see but of what one wants to: muted people stay out of what comes unasked. */
export const isMuted = (viewer: Sql, person: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM mutes WHERE mutes.muter_id = ${viewer} AND mutes.muted_id = ${person})`;
