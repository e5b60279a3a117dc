import { Injectable } from '@nestjs/common';
import type { NotificationKind } from '@echomate/contracts/notifications.dto';
import { Database } from '../../platform/database/database.service.js';
import { anyOf, empty, sql, type Transaction } from '../../platform/database/statements.js';
import { isMuted } from '../../access/profile.access.js';
import { wants } from './notification-settings.repository.js';
import { Notification } from './entities/notification.entity.js';
import { NotificationAction } from './entities/notification-action.entity.js';

/** A notification that its person has not read. */
export interface Unread {
  id: string;
  userId: string;
  detail: string | null;
}

/** Who is to be told of something, and what is told already. */
@Injectable()
export class NotificationWritingRepository {
  constructor(private readonly database: Database) {}

  async findAuthorOf(table: 'posts' | 'comments', id: string): Promise<string | null> {
    const row = await this.database.one<{ authorId: string }>(
      table === 'posts'
        ? sql`SELECT author_id AS "authorId" FROM posts WHERE id = ${id}`
        : sql`SELECT author_id AS "authorId" FROM comments WHERE id = ${id}`,
    );
    return row?.authorId ?? null;
  }

  async findGroupOf(postId: string): Promise<string | null> {
    const row = await this.database.one<{ groupId: string | null }>(
      sql`SELECT group_id AS "groupId" FROM posts WHERE id = ${postId}`,
    );
    return row?.groupId ?? null;
  }

  async findCreatorOf(groupId: string): Promise<string | null> {
    const row = await this.database.one<{ creatorId: string | null }>(
      sql`SELECT creator_id AS "creatorId" FROM groups WHERE id = ${groupId}`,
    );
    return row?.creatorId ?? null;
  }

  findDecision(
    caseId: string,
  ): Promise<{ decision: string; reason: string | null; personId: string | null } | null> {
    return this.database.one(sql`
      SELECT c.decision, c.reason, c.person_id AS "personId" FROM report_cases c
      WHERE c.id = ${caseId} AND c.decision IS NOT NULL`);
  }

  async findReporters(caseId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT r.reporter_id AS id FROM reports r
      WHERE r.case_id = ${caseId} AND r.reporter_id > ${after} ORDER BY r.reporter_id LIMIT ${limit}`);
  }

  async findMembers(groupId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT m.user_id AS id FROM memberships m
      WHERE m.group_id = ${groupId} AND m.ended_at IS NULL AND m.user_id > ${after}
      ORDER BY m.user_id LIMIT ${limit}`);
  }

  /** Those who answered; for reminders without those who said that they won't come. */
  async findAnswering(
    eventId: string,
    isReminder: boolean,
    after: string,
    limit: number,
  ): Promise<string[]> {
    const coming = isReminder
      ? sql`AND EXISTS (SELECT 1 FROM event_options o WHERE o.id = a.option_id AND NOT o.is_decline)`
      : empty;
    return this.database.ids(sql`
      SELECT a.user_id AS id FROM event_answers a
      WHERE a.event_id = ${eventId} AND a.user_id > ${after} ${coming}
      ORDER BY a.user_id LIMIT ${limit}`);
  }

  /** Those who have muted the kind, the person, the post or the group. */
  async findUnwilling(
    userIds: string[],
    kind: NotificationKind,
    { actorId, postId, groupId }: Record<'actorId' | 'postId' | 'groupId', string | null>,
  ): Promise<Set<string>> {
    const now = new Date().toISOString();
    const ids = await this.database.ids(sql`
      SELECT u.id FROM users u WHERE u.id IN (${anyOf(userIds)}) AND (
        NOT ${wants(sql`u.id`, sql`${kind}`, 'app')}
        ${actorId ? sql`OR ${isMuted(sql`u.id`, sql`${actorId}`)}` : empty}
        ${postId ? sql`OR EXISTS (SELECT 1 FROM notification_mutes q WHERE q.post_id = ${postId} AND q.user_id = u.id AND (q.until IS NULL OR q.until > ${now}))` : empty}
        ${groupId ? sql`OR EXISTS (SELECT 1 FROM notification_mutes q WHERE q.group_id = ${groupId} AND q.user_id = u.id AND (q.until IS NULL OR q.until > ${now}))` : empty})`);
    return new Set(ids);
  }

  /**
   * Those who have been told by this job, which is run again, or of something that the same person did later. What nobody
   * did is told once.
   */
  async findTold(
    transaction: Transaction,
    userIds: string[],
    groupKey: string,
    actorId: string | null,
    jobId: string,
  ): Promise<Set<string>> {
    const isTold = actorId
      ? sql`EXISTS (SELECT 1 FROM notification_actions d
          WHERE d.notification_id = n.id AND d.actor_id = ${actorId} AND d.job_id >= ${jobId})`
      : sql`n.position > ${jobId}`;
    const rows = await transaction.many<{ userId: string }>(sql`
      SELECT n.user_id AS "userId" FROM notifications n
      WHERE n.user_id IN (${anyOf(userIds)}) AND n.group_key = ${groupKey} AND ${isTold}`);
    return new Set(rows.map(({ userId }) => userId));
  }

  /** What is not read yet, one for each person. */
  findUnread(transaction: Transaction, userIds: string[], groupKey: string): Promise<Unread[]> {
    return transaction.many(sql`
      SELECT n.id, n.user_id AS "userId", n.detail FROM notifications n
      WHERE n.user_id IN (${anyOf(userIds)}) AND n.group_key = ${groupKey} AND n.read_at IS NULL`);
  }

  insert(transaction: Transaction, rows: Notification[]): Promise<void> {
    return transaction.insert(Notification, rows);
  }

  /** Adds a detail to those that there are. */
  async describe(transaction: Transaction, unread: Unread[], detail: string): Promise<void> {
    const withAll = ({ detail: before }: Unread) =>
      [...new Set([...(before?.split(' ') ?? []), ...detail.split(' ')])].join(' ');
    for (const [all, rows] of Map.groupBy(unread, withAll)) {
      const ids = rows.map(({ id }) => id);
      await transaction.run(
        sql`UPDATE notifications SET detail = ${all} WHERE id IN (${anyOf(ids)})`,
      );
    }
  }

  /** Puts each on top of its person's list. */
  async raise(transaction: Transaction, ids: string[], position: string): Promise<void> {
    await transaction.run(
      sql`UPDATE notifications SET position = ${position} WHERE id IN (${anyOf(ids)})`,
    );
  }

  insertActions(transaction: Transaction, actions: NotificationAction[]): Promise<void> {
    return transaction.insert(NotificationAction, actions);
  }

  async deleteActions(
    transaction: Transaction,
    notificationIds: string[],
    actorId: string,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM notification_actions
      WHERE notification_id IN (${anyOf(notificationIds)}) AND actor_id = ${actorId}`);
  }
}
