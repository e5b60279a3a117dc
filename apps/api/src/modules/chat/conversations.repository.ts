import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ClosedReason } from '@echomate/contracts/chat.dto';
import { v7 as uuid } from 'uuid';
import {
  canSeeConversation,
  canSeeInside,
  closedBecause,
  conversationColumns,
  isReached,
} from '../../access/conversation.access.js';
import { isMember } from '../../access/group.access.js';
import { canSeeCard, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID, LAST_ID } from '../../platform/database/ids.js';
import { countInPortions, findInPortions } from '../../platform/database/portions.js';
import {
  anyNamed,
  named,
  raw,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Transaction,
} from '../../platform/database/statements.js';
import { Conversation } from './entities/conversation.entity.js';
import { Participant } from './entities/participant.entity.js';

export interface ConversationRow {
  id: string;
  groupId: string | null;
  groupTitle: string | null;
  otherId: string | null;
  lastMessageId: string | null;
  lastReadId: string;
  unreadCount: number;
  isMuted: boolean | number;
  isArchived: boolean | number;
  isReached: boolean | number;
  closedBecause: ClosedReason | null;
}

/** Up to which message somebody has read. */
export interface ReaderRow {
  userId: string;
  messageId: string;
}

/** What decides who may write in a conversation. */
export type WritingRow = Pick<
  ConversationRow,
  'id' | 'groupId' | 'otherId' | 'lastMessageId' | 'closedBecause'
>;

/** A conversation in a list, with what gives it its place: mostly its newest message. */
export interface Listed {
  id: string;
  conversationId: string;
}

export type ListName = 'inbox' | 'archived' | 'requests';

/** Counting stops here. */
const MOST_UNREAD = 100;
/**
 * Of what is unread in a conversation, the newest so many are looked at: somebody whom a block hides from the viewer
 * may write any number of messages.
 */
const UNREAD_LOOKED_AT = 500;
const MOST_READERS = 50;
/** Enough for nearly every room; further ones are read if many are hidden from the viewer. */
const READERS_AT_ONCE = [MOST_READERS, 500] as const;

const viewer = named('viewer');
const c = conversationColumns(sql`c`);

const own = sql`LEFT JOIN participants own ON own.conversation_id = c.id AND own.user_id = ${viewer}`;

/** Who has just joined a group has read what was written before. */
const lastRead = sql`COALESCE(own.last_read_id, (
  SELECT joined_now.id FROM memberships joined_now
  WHERE joined_now.group_id = c.group_id AND joined_now.user_id = ${viewer} AND joined_now.ended_at IS NULL), ${FIRST_ID})`;

/** How many messages of members hidden from the viewer are passed over, to find the newest in a room that is not. */
const LOOKED_BACK = 50;

const inRoom = sql`FROM messages m WHERE m.conversation_id = c.id ORDER BY m.id DESC`;

/** Who is hidden from the viewer neither shows in a room nor moves it. */
const newestSeen = sql`(
  SELECT newest.id FROM (SELECT m.id, m.sender_id ${inRoom} LIMIT ${raw(String(LOOKED_BACK))}) AS newest
  WHERE ${canSeeInside(viewer, { groupId: sql`c.group_id`, senderId: sql`newest.sender_id` })}
  ORDER BY newest.id DESC LIMIT 1)`;

/** Behind very many hidden messages, a room stays where its viewer has read to. */
const placeOfRoom = sql`COALESCE(${newestSeen}, (
  SELECT ${lastRead} ${inRoom} LIMIT 1 OFFSET ${raw(String(LOOKED_BACK))}))`;

const unread = sql`
  SELECT 1 FROM (
    SELECT m.sender_id FROM messages m WHERE m.conversation_id = c.id AND m.id > ${lastRead}
    ORDER BY m.id DESC LIMIT ${UNREAD_LOOKED_AT}) AS newest
  WHERE (newest.sender_id IS NULL OR newest.sender_id <> ${viewer})
    AND ${canSeeInside(viewer, { groupId: sql`c.group_id`, senderId: sql`newest.sender_id` })}`;

const SHOWN = {
  groupId: sql`c.group_id`,
  groupTitle: sql`(SELECT g.title FROM groups g WHERE g.id = c.group_id)`,
  otherId: sql`(SELECT other.user_id FROM participants other
    WHERE other.conversation_id = c.id AND other.user_id <> ${viewer} AND c.group_id IS NULL)`,
  lastMessageId: sql`CASE WHEN c.group_id IS NULL THEN c.last_message_id ELSE ${newestSeen} END`,
  lastReadId: lastRead,
  unreadCount: sql`(SELECT count(*) FROM (${unread} LIMIT ${MOST_UNREAD}) AS unread_ones)`,
  isMuted: sql`COALESCE(own.is_muted, false)`,
  isArchived: sql`COALESCE(own.is_archived, false)`,
  isReached: isReached(viewer, c),
  closedBecause: closedBecause(viewer, c),
};

const OF_IDS = shaped(
  (size: number) => sql`
    SELECT c.id, ${selected(SHOWN)} FROM conversations c ${own}
    WHERE c.id IN (${anyNamed('ids', size)}) AND ${canSeeConversation(viewer, c)}`,
);

/** All conversations in which something was written, and all rooms. */
const SOME = sql`
  SELECT c.id, ${selected(SHOWN)} FROM conversations c ${own}
  WHERE c.id IN (
      SELECT p.conversation_id FROM participants p
      WHERE p.user_id = ${viewer} AND p.last_message_id IS NOT NULL
      UNION ALL SELECT room.id FROM memberships mine JOIN conversations room ON room.group_id = mine.group_id
      WHERE mine.user_id = ${viewer} AND mine.ended_at IS NULL)
    AND c.id > ${named('after')} AND ${canSeeConversation(viewer, c)}
  ORDER BY c.id LIMIT ${named('limit')}`;

const { groupId, otherId, closedBecause: closed } = SHOWN;
const lastMessageId = sql`c.last_message_id`;

const FOR_WRITING = sql`
  SELECT c.id, ${selected({ groupId, otherId, lastMessageId, closedBecause: closed })} FROM conversations c
  WHERE c.id = ${named('id')} AND ${canSeeConversation(viewer, c)}`;

const ADVANCE = sql`UPDATE conversations SET last_message_id = ${named('message')} WHERE id = ${named('id')}`;

const isSender = sql`user_id = ${named('sender')}`;

const ADVANCE_BOTH = sql`
  UPDATE participants SET last_message_id = ${named('message')}, is_archived = false,
    last_read_id = CASE WHEN ${isSender} THEN ${named('message')} ELSE last_read_id END,
    accepted_at = CASE WHEN ${isSender} THEN ${named('now')} ELSE accepted_at END,
    declined_at = CASE WHEN ${isSender} THEN NULL ELSE declined_at END
  WHERE conversation_id = ${named('id')}`;

const ADVANCE_OWN = sql`
  UPDATE participants SET last_read_id = ${named('message')}, accepted_at = ${named('now')}, declined_at = NULL
  WHERE conversation_id = ${named('id')} AND ${isSender}`;

const p = { id: sql`p.conversation_id`, groupId: sql`NULL` };
const seesDirect = canSeeConversation(viewer, c);

const directList = (rule: ReturnType<typeof isReached>) => ({
  rows: sql`participants p JOIN conversations c ON c.id = p.conversation_id
    WHERE p.user_id = ${viewer} AND p.last_message_id IS NOT NULL`,
  id: sql`p.last_message_id`,
  columns: { conversationId: p.id },
  rule,
});

const DIRECT = {
  inbox: directList(narrowed(isReached(viewer, c), sql`NOT p.is_archived`)),
  archived: directList(narrowed(seesDirect, sql`p.is_archived`)),
  requests: directList(
    narrowed(seesDirect, sql`NOT ${isReached(viewer, c)} AND p.declined_at IS NULL`),
  ),
};

const rooms = sql`
  memberships mine JOIN conversations c ON c.group_id = mine.group_id ${own}
  WHERE mine.user_id = ${viewer} AND mine.ended_at IS NULL AND ${isMember(viewer, sql`c.group_id`)}`;

const roomsWhere = (condition: typeof rooms) => sql`
  SELECT * FROM (
    SELECT ${placeOfRoom} AS id, c.id AS "conversationId" FROM ${rooms} AND ${condition}) AS placed
  WHERE placed.id < ${named('before')} ORDER BY placed.id DESC LIMIT ${named('limit')}`;

const ROOMS = {
  inbox: roomsWhere(sql`NOT COALESCE(own.is_archived, false)`),
  archived: roomsWhere(sql`COALESCE(own.is_archived, false)`),
};

const UNREAD_DIRECT = {
  rows: sql`participants p JOIN conversations c ON c.id = p.conversation_id
    WHERE p.user_id = ${viewer} AND p.last_message_id > p.last_read_id`,
  id: sql`p.last_message_id`,
  columns: {},
  rule: narrowed(isReached(viewer, c), sql`NOT p.is_muted`),
};

const UNREAD_ROOMS = sql`
  SELECT count(*) AS count FROM (
    SELECT c.id FROM ${rooms} AND NOT COALESCE(own.is_muted, false) AND c.last_message_id > ${lastRead}
      AND EXISTS (${unread}) LIMIT ${MOST_UNREAD}) AS unread_rooms`;

const READERS = sql`
  SELECT p.user_id AS "userId", p.last_read_id AS "messageId",
    (${isReached(sql`p.user_id`, c)} AND ${canSeeCard(viewer, sql`p.user_id`)}) AS "isSeen"
  FROM participants p JOIN conversations c ON c.id = p.conversation_id
  WHERE p.conversation_id = ${named('id')} AND p.user_id <> ${viewer} AND p.last_read_id > ${FIRST_ID}
    AND (p.last_read_id, p.user_id) < (${named('message')}, ${named('user')})
    AND ${canSeeConversation(viewer, c)}
  ORDER BY p.last_read_id DESC, p.user_id DESC LIMIT ${named('limit')}`;

export const pairOf = (one: string, other: string): string => [one, other].sort().join(' ');

/** Conversations, and how people stand to them. */
@Injectable()
export class ConversationsRepository {
  constructor(private readonly database: Database) {}

  /** Those that the viewer may see, in no order. */
  findByIds(
    viewerId: string,
    ids: string[],
    reader: Reader = this.database,
  ): Promise<ConversationRow[]> {
    if (!ids.length) return Promise.resolve([]);
    return reader.many(new Statement(OF_IDS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  findSome(viewerId: string, after: string, limit: number): Promise<ConversationRow[]> {
    return this.database.many(new Statement(SOME, { viewer: viewerId, after, limit }));
  }

  async find(viewerId: string, id: string, reader?: Reader): Promise<ConversationRow | null> {
    return (await this.findByIds(viewerId, [id], reader))[0] ?? null;
  }

  /** For whoever writes; null if they may not see it. */
  findForWriting(
    transaction: Transaction,
    viewerId: string,
    id: string,
  ): Promise<WritingRow | null> {
    return transaction.one(new Statement(FOR_WRITING, { viewer: viewerId, id }));
  }

  /** Those written in last come first. */
  async findList(
    viewerId: string,
    list: ListName,
    before: string | null,
    limit: number,
  ): Promise<Listed[]> {
    const values = { viewer: viewerId };
    const direct = await findInPortions<Listed>(this.database, DIRECT[list], before, limit, {
      values,
    });
    if (list === 'requests') return direct;
    const inRooms = await this.database.many<Listed>(
      new Statement(ROOMS[list], { ...values, before: before ?? LAST_ID, limit }),
    );
    return [...direct, ...inRooms]
      .sort((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, limit);
  }

  async countUnread(viewerId: string): Promise<number> {
    const values = { viewer: viewerId };
    const direct = await countInPortions(this.database, UNREAD_DIRECT, MOST_UNREAD, values);
    const row = await this.database.one<{ count: number }>(new Statement(UNREAD_ROOMS, values));
    return Math.min(direct + Number(row!.count), MOST_UNREAD);
  }

  /** The people who have read furthest, among those whose reading the viewer may see. */
  async findReaders(viewerId: string, id: string): Promise<ReaderRow[]> {
    const found: ReaderRow[] = [];
    let behind: ReaderRow = { messageId: LAST_ID, userId: LAST_ID };
    for (let limit: number = READERS_AT_ONCE[0]; ; limit = READERS_AT_ONCE[1]) {
      const { messageId: message, userId: user } = behind;
      const rows = await this.database.many<ReaderRow & { isSeen: boolean | number }>(
        new Statement(READERS, { viewer: viewerId, id, message, user, limit }),
      );
      found.push(...rows.filter(({ isSeen }) => isSeen));
      if (found.length >= MOST_READERS || rows.length < limit) return found.slice(0, MOST_READERS);
      behind = rows.at(-1)!;
      await nextTurn();
    }
  }

  /** With whom somebody has written last, of two people only. */
  async findPartners(userId: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT other.user_id AS id FROM (
        SELECT p.conversation_id FROM participants p WHERE p.user_id = ${userId} AND p.last_message_id IS NOT NULL
        ORDER BY p.last_message_id DESC LIMIT ${limit}) AS latest
      JOIN participants other ON other.conversation_id = latest.conversation_id AND other.user_id <> ${userId}`);
  }

  async findOfPair(
    one: string,
    other: string,
    reader: Reader = this.database,
  ): Promise<string | null> {
    const row = await reader.one<{ id: string }>(
      sql`SELECT c.id FROM conversations c WHERE c.pair = ${pairOf(one, other)}`,
    );
    return row?.id ?? null;
  }

  async findOfGroup(groupId: string, reader: Reader = this.database): Promise<string | null> {
    const row = await reader.one<{ id: string }>(
      sql`SELECT c.id FROM conversations c WHERE c.group_id = ${groupId}`,
    );
    return row?.id ?? null;
  }

  // ——— for writers

  async insert(
    transaction: Transaction,
    values: Pick<Conversation, 'groupId' | 'pair'>,
  ): Promise<string> {
    const id = uuid();
    const createdAt = new Date().toISOString();
    await transaction.insert(Conversation, { id, ...values, lastMessageId: null, createdAt });
    return id;
  }

  async insertParticipant(
    transaction: Transaction,
    values: Pick<Participant, 'conversationId' | 'userId'> & Partial<Participant>,
  ): Promise<void> {
    await transaction.insert(Participant, {
      id: uuid(),
      lastReadId: FIRST_ID,
      lastMessageId: null,
      acceptedAt: null,
      declinedAt: null,
      isMuted: false,
      isArchived: false,
      ...values,
    });
  }

  /** Changes how somebody stands to a conversation; in a group they may not have a row yet. */
  async change(
    transaction: Transaction,
    conversationId: string,
    userId: string,
    values: Partial<Participant>,
  ): Promise<void> {
    if (await transaction.update(Participant, { conversationId, userId }, values)) return;
    const joined = await transaction.one<{ id: string }>(sql`
      SELECT m.id FROM memberships m JOIN conversations c ON c.group_id = m.group_id
      WHERE c.id = ${conversationId} AND m.user_id = ${userId} AND m.ended_at IS NULL`);
    if (joined)
      await this.insertParticipant(transaction, {
        conversationId,
        userId,
        lastReadId: joined.id,
        ...values,
      });
  }

  /** This person has added a message, and so accepted it; the caller holds the conversation's lock. */
  async advance(
    transaction: Transaction,
    { id, groupId }: Pick<Conversation, 'id' | 'groupId'>,
    sender: string,
    message: string,
  ): Promise<void> {
    const now = new Date().toISOString();
    await transaction.run(new Statement(ADVANCE, { id, message }));
    const parts = groupId === null ? ADVANCE_BOTH : ADVANCE_OWN;
    // In a group they may not have a row yet.
    if (!(await transaction.run(new Statement(parts, { id, message, sender, now }))))
      await this.change(transaction, id, sender, {
        lastReadId: message,
        acceptedAt: now,
        declinedAt: null,
      });
  }

  async findReadOf(transaction: Transaction, id: string, userId: string): Promise<string | null> {
    const row = await transaction.one<{ lastReadId: string }>(sql`
      SELECT last_read_id AS "lastReadId" FROM participants
      WHERE conversation_id = ${id} AND user_id = ${userId}`);
    return row?.lastReadId ?? null;
  }

  // ——— personal data

  async findPartIdsOf(userId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT p.id FROM participants p
      WHERE p.user_id = ${userId} AND p.id > ${after} ORDER BY p.id LIMIT ${limit}`);
  }

  /** Only in the conversations that they can still see. */
  findSeenPartsOf(
    userId: string,
    after: string,
    limit: number,
  ): Promise<Pick<Participant, 'id' | 'conversationId' | 'lastReadId'>[]> {
    return this.database.many(sql`
      SELECT p.id, p.conversation_id AS "conversationId", p.last_read_id AS "lastReadId"
      FROM participants p JOIN conversations c ON c.id = p.conversation_id
      WHERE p.user_id = ${userId} AND p.id > ${after}
        AND ${canSeeConversation(sql`${userId}`, conversationColumns(sql`c`))}
      ORDER BY p.id LIMIT ${limit}`);
  }

  async findIdOfPart(transaction: Transaction, partId: string): Promise<string | null> {
    const row = await transaction.one<{ id: string }>(
      sql`SELECT p.conversation_id AS id FROM participants p WHERE p.id = ${partId}`,
    );
    return row?.id ?? null;
  }

  /** Returns whether both people have left. */
  async leave(transaction: Transaction, id: string, userId: string): Promise<boolean> {
    await transaction.delete(Participant, { conversationId: id, userId });
    await transaction.update(Conversation, { id }, { pair: null });
    const left = await transaction.one(sql`
      SELECT c.id FROM conversations c WHERE c.id = ${id} AND (
        c.group_id IS NOT NULL OR EXISTS (SELECT 1 FROM participants p WHERE p.conversation_id = c.id))`);
    return left === null;
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Conversation, { id });
  }

  async deleteSomeParts(transaction: Transaction, id: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM participants WHERE id IN (
        SELECT p.id FROM participants p WHERE p.conversation_id = ${id} LIMIT ${limit})`);
  }
}
