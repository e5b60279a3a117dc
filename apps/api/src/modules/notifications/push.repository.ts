import { Injectable } from '@nestjs/common';
import type { NotificationKind } from '@echomate/contracts/notifications.dto';
import {
  canSeeMessage,
  conversationColumns,
  isReached,
  messageColumns,
} from '../../access/conversation.access.js';
import { ABOUT, canSeeNotification } from '../../access/notification.access.js';
import { isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { anyOf, sql, type Transaction } from '../../platform/database/statements.js';
import { wants } from './notification-settings.repository.js';

/** What is still worth a push, asked at the moment of sending. */
@Injectable()
export class PushRepository {
  constructor(private readonly database: Database) {}

  /** The kinds of those that are neither read nor seen, may be told, and are wanted. */
  async findKinds(userId: string, ids: string[]): Promise<NotificationKind[]> {
    if (!ids.length) return [];
    const viewer = sql`${userId}`;
    const rows = await this.database.many<{ kind: NotificationKind }>(sql`
      SELECT n.kind FROM ${ABOUT} LEFT JOIN notification_states seen ON seen.user_id = n.user_id
      WHERE n.id IN (${anyOf(ids)}) AND n.user_id = ${viewer} AND n.read_at IS NULL
        AND (seen.seen_up_to IS NULL OR n.position > seen.seen_up_to)
        AND ${isActive(viewer)} AND ${wants(viewer, sql`n.kind`, 'push')} AND ${canSeeNotification(viewer)}`);
    return rows.map(({ kind }) => kind);
  }

  /** How many of these private messages are unread, reach the person at once, and are wanted. */
  async countMessages(userId: string, ids: string[]): Promise<number> {
    if (!ids.length) return 0;
    const viewer = sql`${userId}`;
    const row = await this.database.one<{ count: number }>(sql`
      SELECT count(*) AS count FROM messages m
      JOIN conversations c ON c.id = m.conversation_id
      JOIN participants own ON own.conversation_id = c.id AND own.user_id = ${viewer}
      WHERE m.id IN (${anyOf(ids)}) AND c.group_id IS NULL AND m.deleted_at IS NULL
        AND m.id > own.last_read_id AND NOT own.is_muted
        AND ${isActive(viewer)} AND ${wants(viewer, sql`'message'`, 'push')}
        AND ${isReached(viewer, conversationColumns(sql`c`))} AND ${canSeeMessage(viewer, messageColumns(sql`m`))}`);
    return Number(row!.count);
  }

  /** In which sessions the other of two is to be told of a message. */
  async findSessionsOfOther(
    transaction: Transaction,
    conversationId: string,
    senderId: string,
  ): Promise<string[]> {
    return transaction.ids(sql`
      SELECT p.session_id AS id FROM participants other
      JOIN conversations c ON c.id = other.conversation_id
      JOIN push_subscriptions p ON p.user_id = other.user_id
      WHERE other.conversation_id = ${conversationId} AND c.group_id IS NULL
        AND other.user_id <> ${senderId} AND NOT other.is_muted`);
  }
}
