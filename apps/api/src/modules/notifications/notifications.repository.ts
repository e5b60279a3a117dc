import { Injectable } from '@nestjs/common';
import type { NotificationChannel, NotificationKind } from '@echomate/contracts/notifications.dto';
import { isMember } from '../../access/group.access.js';
import {
  ABOUT,
  canSeeAction,
  canSeeNotification,
  newestActions,
} from '../../access/notification.access.js';
import { narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { countInPortions, findInPortions } from '../../platform/database/portions.js';
import {
  anyNamed,
  anyOf,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Transaction,
} from '../../platform/database/statements.js';
import { Notification } from './entities/notification.entity.js';
import { wants } from './notification-settings.repository.js';

/** So much of a text is read for its excerpt. */
const EXCERPT = 400;

export interface NotificationRow {
  /** Where it stands in the list */
  id: string;
  notificationId: string;
  kind: NotificationKind;
  readAt: string | null;
  detail: string | null;
  postId: string | null;
  postExcerpt: string | null;
  postAuthorId: string | null;
  commentId: string | null;
  commentExcerpt: string | null;
  commentAuthorId: string | null;
  commentPostId: string | null;
  groupId: string | null;
  groupTitle: string | null;
  eventId: string | null;
  eventTitle: string | null;
  eventStartsAt: string | null;
  eventZone: string | null;
  /** Whether an invitation or request has been accepted */
  isIn: boolean | number;
}

export interface ActionRow {
  id: string;
  notificationId: string;
  actorId: string;
  commentId: string | null;
  postId: string | null;
}

const viewer = named('viewer');

const OWN = sql`${ABOUT} LEFT JOIN event_series s ON s.id = e.series_id WHERE n.user_id = ${viewer}`;

const PAGE = {
  rows: OWN,
  id: sql`n.position`,
  columns: {
    notificationId: sql`n.id`,
    kind: sql`n.kind`,
    readAt: sql`n.read_at`,
    detail: sql`n.detail`,
    postId: sql`n.post_id`,
    postExcerpt: sql`substr(COALESCE(p.title, p.content), 1, ${sql`${EXCERPT}`})`,
    postAuthorId: sql`p.author_id`,
    commentId: sql`n.comment_id`,
    commentExcerpt: sql`substr(c.content, 1, ${sql`${EXCERPT}`})`,
    commentAuthorId: sql`c.author_id`,
    commentPostId: sql`c.post_id`,
    groupId: sql`n.group_id`,
    groupTitle: sql`g.title`,
    eventId: sql`n.event_id`,
    eventTitle: sql`s.title`,
    eventStartsAt: sql`e.starts_at`,
    eventZone: sql`e.zone`,
    isIn: sql`CASE n.kind
      WHEN 'group-invitation' THEN ${isMember(viewer, sql`n.group_id`)}
      WHEN 'group-request' THEN ${isMember(sql`(SELECT asking.actor_id FROM notification_actions AS asking WHERE asking.notification_id = n.id LIMIT 1)`, sql`n.group_id`)}
      ELSE false END`,
  },
  rule: canSeeNotification(viewer),
};

/** What is not read, came after a position, and is wanted by a channel. */
const unreadFor = (channel: NotificationChannel) => ({
  ...PAGE,
  rows: sql`${OWN} AND n.read_at IS NULL AND n.position > ${named('after')}`,
  rule: narrowed(canSeeNotification(viewer), wants(viewer, sql`n.kind`, channel)),
});
const UNREAD = { app: unreadFor('app'), push: unreadFor('push'), email: unreadFor('email') };

const UNSEEN = {
  rows: sql`${ABOUT} WHERE n.user_id = ${viewer} AND n.read_at IS NULL AND n.position > ${named('seenUpTo')}`,
  id: sql`n.position`,
  columns: {},
  rule: canSeeNotification(viewer),
};

const ACTIONS = shaped(
  (size: number) => sql`
    SELECT action.id, n.id AS "notificationId", action.actor_id AS "actorId",
      action.comment_id AS "commentId", action.post_id AS "postId"
    FROM notifications n JOIN notification_actions action ON action.notification_id = n.id
    WHERE n.user_id = ${viewer} AND n.id IN (${anyNamed('ids', size)})
      AND action.id IN (SELECT told.id FROM ${newestActions(sql`n.id`)} AS told)
      AND ${canSeeAction(viewer, sql`action`)}
    ORDER BY action.id DESC`,
);

/** What people are told: reading it, and marking it. */
@Injectable()
export class NotificationsRepository {
  constructor(private readonly database: Database) {}

  findPage(viewerId: string, before: string | null, limit: number): Promise<NotificationRow[]> {
    return findInPortions(this.database, PAGE, before, limit, { values: { viewer: viewerId } });
  }

  /** What is not read and came after a position, as far as it is wanted by a channel. */
  findUnread(
    viewerId: string,
    channel: NotificationChannel,
    after: string,
    limit: number,
  ): Promise<NotificationRow[]> {
    return findInPortions(this.database, UNREAD[channel], null, limit, {
      values: { viewer: viewerId, after },
    });
  }

  /** The actions that these still tell of, the newest first. */
  async findActions(viewerId: string, ids: string[]): Promise<ActionRow[]> {
    if (!ids.length) return [];
    return this.database.many(new Statement(ACTIONS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  countUnseen(viewerId: string, seenUpTo: string, most: number): Promise<number> {
    return countInPortions(this.database, UNSEEN, most, { viewer: viewerId, seenUpTo });
  }

  async findSeenUpTo(userId: string): Promise<string | null> {
    const row = await this.database.one<{ seenUpTo: string }>(
      sql`SELECT seen_up_to AS "seenUpTo" FROM notification_states WHERE user_id = ${userId}`,
    );
    return row?.seenUpTo ?? null;
  }

  async findNewest(transaction: Transaction, userId: string, upTo: string): Promise<string | null> {
    const row = await transaction.one<{ position: string }>(sql`
      SELECT position FROM notifications WHERE user_id = ${userId} AND position <= ${upTo}
      ORDER BY position DESC LIMIT 1`);
    return row?.position ?? null;
  }

  /** Only further: an older page may be marked later. */
  async saveSeen(transaction: Transaction, userId: string, seenUpTo: string): Promise<void> {
    await transaction.run(sql`
      INSERT INTO notification_states (user_id, seen_up_to) VALUES (${userId}, ${seenUpTo})
      ON CONFLICT (user_id) DO UPDATE SET seen_up_to = excluded.seen_up_to
      WHERE excluded.seen_up_to > notification_states.seen_up_to`);
  }

  async markRead(
    transaction: Transaction,
    userId: string,
    ids: string[],
    now: string,
  ): Promise<void> {
    await transaction.run(sql`
      UPDATE notifications SET read_at = ${now}
      WHERE user_id = ${userId} AND id IN (${anyOf(ids)}) AND read_at IS NULL`);
  }

  /** Returns how many were marked. */
  markSomeRead(
    transaction: Transaction,
    userId: string,
    upTo: string,
    now: string,
    limit: number,
  ): Promise<number> {
    return transaction.run(sql`
      UPDATE notifications SET read_at = ${now} WHERE id IN (
        SELECT n.id FROM notifications n
        WHERE n.user_id = ${userId} AND n.position <= ${upTo} AND n.read_at IS NULL LIMIT ${limit})`);
  }

  // ——— old ones, and those of an account that goes

  async findIdsOf(userId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT id FROM notifications WHERE user_id = ${userId} AND id > ${after} ORDER BY id LIMIT ${limit}`);
  }

  async findOlderThan(position: string, limit: number): Promise<string[]> {
    return this.database.ids(
      sql`SELECT id FROM notifications WHERE position < ${position} LIMIT ${limit}`,
    );
  }

  async delete(transaction: Transaction, ids: string[]): Promise<void> {
    for (const id of ids) await transaction.delete(Notification, { id });
  }

  /** With the notifications that told of nothing else: their key may name the person. */
  async deleteSomeActionsBy(
    transaction: Transaction,
    actorId: string,
    limit: number,
  ): Promise<number> {
    const gone = await transaction.many<{ id: string; notificationId: string; userId: string }>(sql`
      SELECT a.id, a.notification_id AS "notificationId", n.user_id AS "userId"
      FROM notification_actions a JOIN notifications n ON n.id = a.notification_id
      WHERE a.actor_id = ${actorId} ORDER BY a.id LIMIT ${limit}`);
    if (!gone.length) return 0;
    // Otherwise what somebody else does at this moment would go with a notification that seems to be empty.
    await locks.notifications(transaction, [...new Set(gone.map(({ userId }) => userId))]);
    await transaction.run(
      sql`DELETE FROM notification_actions WHERE id IN (${anyOf(gone.map(({ id }) => id))})`,
    );
    await transaction.run(sql`
      DELETE FROM notifications WHERE id IN (${anyOf(gone.map((one) => one.notificationId))})
        AND NOT EXISTS (
          SELECT 1 FROM notification_actions a WHERE a.notification_id = notifications.id)`);
    return gone.length;
  }
}
