import { sql, type Rule, type Sql } from '../platform/database/statements.js';
import { isMember } from './group.access.js';
import { canSeeCard } from './profile.access.js';
import { asRule } from './rule.js';

/** The only definition of who may see an event and the answers to it. Whatever is not stated here is denied. */

/** The column of `events` that the rule reads. */
export interface EventColumns {
  groupId: Sql;
}

export const eventColumns = (alias: Sql): EventColumns => ({ groupId: sql`${alias}.group_id` });

/** An event is for those who are in its group today, whoever made it. */
export const canSeeEvent = (viewer: Sql, { groupId }: EventColumns): Rule =>
  isMember(viewer, groupId);

/** Members see each other's answers, unless a block or the state of an account hides somebody. */
export const canSeeAnswer = (viewer: Sql, { groupId }: EventColumns, person: Sql): Rule =>
  asRule(sql`(
  ${isMember(viewer, groupId)} AND ${isMember(person, groupId)} AND ${canSeeCard(viewer, person)})`);
