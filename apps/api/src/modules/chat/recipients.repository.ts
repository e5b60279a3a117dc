import { Injectable } from '@nestjs/common';
import {
  canSeeConversation,
  conversationColumns,
  isReachedBy,
  messageColumns,
} from '../../access/conversation.access.js';
import { blockedEitherWay, hiddenFrom, isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyNamed,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
} from '../../platform/database/statements.js';
import { pairOf } from './conversations.repository.js';

/** Somebody whom a message reaches at once, and in what their view of it differs from that of others. */
export interface Recipient {
  id: string;
  /** Of the sender alone */
  clientId: string | null;
  ownEmoji: string | null;
  /** A block may hide somebody in it from them. */
  isCut: boolean | number;
  /** It was edited or deleted, or somebody has reacted. */
  isChanged: boolean | number;
}

const BLOCKS_LOOKED_AT = 50;

const recipient = sql`v.id`;
const c = conversationColumns(sql`c`);

const hasReactions = sql`EXISTS (SELECT 1 FROM message_reactions r WHERE r.message_id = m.id)`;

/** People whom a block hides from the recipient, up to a limit. */
const someHidden = sql`SELECT hidden.id FROM ${hiddenFrom(recipient)} AS hidden`;

/** Whoever has more blocks than are looked through reads the message for themselves. */
const mayHideReactions = sql`(
  EXISTS (SELECT 1 FROM (${someHidden} LIMIT 1 OFFSET ${BLOCKS_LOOKED_AT}) AS further)
  OR EXISTS (SELECT 1 FROM (${someHidden} LIMIT ${BLOCKS_LOOKED_AT}) AS few
    JOIN message_reactions r ON r.message_id = m.id AND r.user_id = few.id))`;

const RECIPIENTS = shaped(
  (size: number) => sql`
    SELECT v.id, CASE WHEN m.sender_id = v.id THEN m.client_id END AS "clientId",
      (SELECT r.emoji FROM message_reactions r WHERE r.message_id = m.id AND r.user_id = v.id) AS "ownEmoji",
      ${blockedEitherWay(recipient, sql`m.sender_id`)} OR ${blockedEitherWay(recipient, sql`replied.sender_id`)}
        OR (${hasReactions} AND ${mayHideReactions}) AS "isCut",
      m.edited_at IS NOT NULL OR m.deleted_at IS NOT NULL OR ${hasReactions} AS "isChanged"
    FROM users v JOIN messages m ON m.id = ${named('id')} JOIN conversations c ON c.id = m.conversation_id
    LEFT JOIN messages replied ON replied.id = m.reply_to_id
    WHERE v.id IN (${anyNamed('ids', size)}) AND ${isActive(recipient)}
      AND ${isReachedBy(recipient, c, messageColumns(sql`m`))}`,
);

const MESSAGES_AT_MOST = 200;

const SIDES = shaped(
  (size: number) => sql`
    SELECT c.id, p.user_id AS "userId" FROM conversations c JOIN participants p ON p.conversation_id = c.id
    WHERE c.pair IN (${anyNamed('pairs', size)}) AND ${isActive(sql`p.user_id`)}
      AND ${canSeeConversation(sql`p.user_id`, c)}`,
);

/** Whom pushes are for. */
@Injectable()
export class RecipientsRepository {
  constructor(private readonly database: Database) {}

  /** The two people of a conversation; nobody for the room of a group. */
  async findBoth(id: string): Promise<{ groupId: string | null; userIds: string[] }> {
    const rows = await this.database.many<{ groupId: string | null; userId: string | null }>(sql`
      SELECT c.group_id AS "groupId", p.user_id AS "userId" FROM conversations c
      LEFT JOIN participants p ON p.conversation_id = c.id AND c.group_id IS NULL WHERE c.id = ${id}`);
    return {
      groupId: rows[0]?.groupId ?? null,
      userIds: rows.map(({ userId }) => userId).filter((one) => one !== null),
    };
  }

  /** Those of these people whom it reaches at once. */
  async findOf(id: string, userIds: string[]): Promise<Recipient[]> {
    if (!userIds.length) return [];
    return this.database.many(new Statement(RECIPIENTS(sizeOf(userIds)), { id, ids: userIds }));
  }

  /** Who wrote what is newer than one message and not newer than the other: the latest of it, if it is much. */
  async findSenders(id: string, afterId: string, upToId: string): Promise<string[]> {
    const rows = await this.database.many<{ senderId: string }>(sql`
      SELECT DISTINCT written.sender_id AS "senderId" FROM (
        SELECT m.sender_id FROM messages m
        WHERE m.conversation_id = ${id} AND m.id > ${afterId} AND m.id <= ${upToId}
        ORDER BY m.id DESC LIMIT ${MESSAGES_AT_MOST}) AS written
      WHERE written.sender_id IS NOT NULL`);
    return rows.map(({ senderId }) => senderId);
  }

  /** Both sides of what somebody has with each of these people. */
  async findSides(one: string, others: string[]): Promise<{ id: string; userId: string }[]> {
    if (!others.length) return [];
    const pairs = others.map((other) => pairOf(one, other));
    return this.database.many(new Statement(SIDES(sizeOf(pairs)), { pairs }));
  }
}
