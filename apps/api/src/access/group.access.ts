import { sql, type Rule, type Sql } from '../platform/database/statements.js';
import { canSeeCard } from './profile.access.js';
import { asRule } from './rule.js';

/** The only definition of who may see a group, what is in it, and who is in it. Whatever is not stated here is denied. */

/** Everyone signed in sees title, description, banner and number of members, until the group is deleted. */
export const canSeeGroup = (group: Sql): Rule => asRule(sql`(${group}.deleted_at IS NULL)`);

/**
 * Whether a person is in the group today. Posts, events, media and the list of members are for members. A scalar
 * subquery, for PostgreSQL's plans, as with `follows`.
 */
export const isMember = (person: Sql, groupId: Sql): Rule =>
  asRule(sql`((
  SELECT membership.id FROM memberships AS membership JOIN groups AS joined ON joined.id = membership.group_id
  WHERE membership.group_id = ${groupId} AND membership.user_id = ${person}
    AND membership.ended_at IS NULL AND joined.deleted_at IS NULL) IS NOT NULL)`);

/** The columns of `memberships` that the rule reads. */
export interface MembershipColumns {
  groupId: Sql;
  userId: Sql;
  endedAt: Sql;
}

export const membershipColumns = (alias: Sql): MembershipColumns => ({
  groupId: sql`${alias}.group_id`,
  userId: sql`${alias}.user_id`,
  endedAt: sql`${alias}.ended_at`,
});

/** Members see each other, unless a block or the state of an account hides somebody. */
export const canSeeMember = (viewer: Sql, { groupId, userId, endedAt }: MembershipColumns): Rule =>
  asRule(sql`(
  ${endedAt} IS NULL AND ${isMember(viewer, groupId)} AND ${canSeeCard(viewer, userId)})`);

/** Who leads the group decides about requests and members. */
export const leads = (person: Sql, groupId: Sql): Rule =>
  asRule(sql`EXISTS (
  SELECT 1 FROM groups AS led
  WHERE led.id = ${groupId} AND led.creator_id = ${person} AND led.deleted_at IS NULL)`);

/** An invitation is for the invited, as long as they may see who invites them. */
export const canSeeInvitation = (
  viewer: Sql,
  { userId, inviterId, groupId }: { userId: Sql; inviterId: Sql; groupId: Sql },
): Rule =>
  asRule(sql`(
  ${userId} = ${viewer} AND ${canSeeCard(viewer, inviterId)} AND EXISTS (
    SELECT 1 FROM groups AS inviting WHERE inviting.id = ${groupId} AND ${canSeeGroup(sql`inviting`)}))`);

/** A request is for whoever leads the group. */
export const canSeeRequest = (
  viewer: Sql,
  { userId, groupId }: { userId: Sql; groupId: Sql },
): Rule => asRule(sql`(${leads(viewer, groupId)} AND ${canSeeCard(viewer, userId)})`);
