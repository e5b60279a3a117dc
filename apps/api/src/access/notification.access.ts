import { raw, sql, type Rule, type Sql } from '../platform/database/statements.js';
import { canSeeEvent, eventColumns } from './event.access.js';
import { canSeeGroup, isMember, leads } from './group.access.js';
import { canSeeComment, canSeePost, commentColumns, postColumns } from './post.access.js';
import { canSeeCard, follows, isMuted } from './profile.access.js';
import { asRule } from './rule.js';

/**
 * The only definition of what somebody may still learn from a notification: what it is about must be visible, and at
 * least one action that it tells of must still be true. Whatever is not stated here is denied.
 */

/** Of how many of its newest actions a notification tells, however many there are. */
export const ACTIONS_TOLD = 50;

const n = sql`n`;

/** The aliases of the rows that a notification (`n`) is about; joined from the left, as most are about one of them. */
export const ABOUT = sql`
  notifications n
  LEFT JOIN posts p ON p.id = n.post_id
  LEFT JOIN comments c ON c.id = n.comment_id
  LEFT JOIN groups g ON g.id = n.group_id
  LEFT JOIN events e ON e.id = n.event_id`;

/** Whether the viewer may still be told of an action: whoever did it is neither hidden nor muted, and it still holds. */
export const canSeeAction = (viewer: Sql, action: Sql): Rule => {
  const actor = sql`${action}.actor_id`;
  const isWaiting = (table: string, whose: Sql) => sql`EXISTS (
    SELECT 1 FROM ${raw(table)} AS asked
    WHERE asked.group_id = ${n}.group_id AND asked.status = 'waiting' AND ${whose})`;
  const isInvited = sql`asked.user_id = ${viewer} AND asked.inviter_id = ${actor}`;
  return asRule(sql`(
    ${canSeeCard(viewer, actor)} AND NOT ${isMuted(viewer, actor)} AND CASE
      WHEN ${n}.kind = 'follow-request' THEN ${follows(actor, viewer)} OR EXISTS (
        SELECT 1 FROM follows AS asked
        WHERE asked.follower_id = ${actor} AND asked.followee_id = ${viewer} AND asked.status = 'requested')
      WHEN ${n}.kind = 'follower' THEN ${follows(actor, viewer)}
      WHEN ${n}.kind = 'follow-accepted' THEN ${follows(viewer, actor)}
      WHEN ${n}.kind = 'group-invitation' THEN ${isMember(viewer, sql`${n}.group_id`)}
        OR ${isWaiting('group_invitations', isInvited)}
      WHEN ${n}.kind = 'group-request' THEN ${leads(viewer, sql`${n}.group_id`)}
        AND (${isMember(actor, sql`${n}.group_id`)} OR ${isWaiting('group_requests', sql`asked.user_id = ${actor}`)})
      WHEN ${n}.kind = 'group-joined' THEN ${isMember(viewer, sql`${n}.group_id`)}
      WHEN ${n}.kind = 'like' THEN CASE WHEN ${n}.comment_id IS NULL
        THEN EXISTS (SELECT 1 FROM post_likes AS liked
          WHERE liked.post_id = ${n}.post_id AND liked.user_id = ${actor})
        ELSE EXISTS (SELECT 1 FROM comment_likes AS liked
          WHERE liked.comment_id = ${n}.comment_id AND liked.user_id = ${actor}) END
      WHEN ${n}.kind IN ('comment', 'reply') THEN ${canSeeRow(viewer, 'comments', sql`${action}.comment_id`)}
      WHEN ${n}.kind = 'share' THEN ${canSeeRow(viewer, 'posts', sql`${action}.post_id`)}
      WHEN ${n}.kind IN ('mention', 'event-created', 'event-changed', 'event-cancelled') THEN true
      ELSE false END)`);
};

const canSeeRow = (viewer: Sql, table: 'comments' | 'posts', id: Sql): Sql => {
  const done = sql`done`;
  const rule =
    table === 'posts'
      ? canSeePost(viewer, postColumns(done))
      : canSeeComment(viewer, commentColumns(done));
  return sql`EXISTS (SELECT 1 FROM ${raw(table)} AS done WHERE done.id = ${id} AND ${rule})`;
};

/** The newest actions of a notification. */
export const newestActions = (notificationId: Sql): Sql => sql`(
  SELECT newest.id, newest.actor_id, newest.comment_id, newest.post_id FROM notification_actions AS newest
  WHERE newest.notification_id = ${notificationId} ORDER BY newest.id DESC LIMIT ${raw(String(ACTIONS_TOLD))})`;

/** For rows of `ABOUT`. A reminder tells of nobody's action, and who moderates isn't named. */
export const canSeeNotification = (viewer: Sql): Rule =>
  asRule(sql`(
  ${n}.user_id = ${viewer}
  AND (${n}.post_id IS NULL OR ${canSeePost(viewer, postColumns(sql`p`))})
  AND (${n}.comment_id IS NULL OR ${canSeeComment(viewer, commentColumns(sql`c`))})
  AND (${n}.event_id IS NULL OR ${canSeeEvent(viewer, eventColumns(sql`e`))})
  AND (${n}.group_id IS NULL OR ${canSeeGroup(sql`g`)})
  AND (${n}.kind IN ('event-reminder', 'report-decided', 'moderated') OR EXISTS (
    SELECT 1 FROM ${newestActions(sql`${n}.id`)} AS action WHERE ${canSeeAction(viewer, sql`action`)})))`);
