import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { canSeeMessage, messageColumns } from '../../access/conversation.access.js';
import { canSeeCard, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { LAST_ID } from '../../platform/database/ids.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyNamed,
  anyOf,
  join,
  named,
  namedAt,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { indexedWords, indexRange, searchPattern } from '../../platform/search-words.js';
import { Message } from './entities/message.entity.js';
import { MessageReaction } from './entities/message-reaction.entity.js';
import { MessageWord } from './entities/message-word.entity.js';

export type MessageRow = Pick<
  Message,
  | 'id'
  | 'conversationId'
  | 'senderId'
  | 'clientId'
  | 'content'
  | 'replyToId'
  | 'editedAt'
  | 'deletedAt'
>;

export interface ReactionRow {
  messageId: string;
  emoji: string;
  count: number;
  own: number;
}

/** Of each message. */
const REACTIONS_COUNTED = 200;
/** Up to so many matches of a word are compared; of more, only the newest messages are looked at. */
const FEW = 1000;
const LATEST_LOOKED_AT = 200;
/** Of one message. */
const WORDS_INDEXED = 500;
const WORDS_AT_ONCE = 100;

const viewer = named('viewer');

const SHOWN = {
  conversationId: sql`m.conversation_id`,
  senderId: sql`m.sender_id`,
  clientId: sql`m.client_id`,
  content: sql`m.content`,
  replyToId: sql`m.reply_to_id`,
  editedAt: sql`m.edited_at`,
  deletedAt: sql`m.deleted_at`,
};

const rule = canSeeMessage(viewer, messageColumns(sql`m`));

const IN_CONVERSATION = {
  rows: sql`messages m WHERE m.conversation_id = ${named('conversation')}`,
  id: sql`m.id`,
  columns: SHOWN,
  rule,
};

const OF_IDS = shaped(
  (size: number) => sql`
    SELECT m.id, ${selected(SHOWN)} FROM messages m WHERE m.id IN (${anyNamed('ids', size)}) AND ${rule}`,
);

/** The first so many reactions of each message, before the rule, and the viewer's own. */
const REACTIONS = shaped((size: number) => {
  const columns = sql`r.message_id, r.user_id, r.emoji`;
  return sql`
    WITH counted AS MATERIALIZED (
      SELECT m.id, (
        SELECT last.user_id FROM message_reactions last WHERE last.message_id = m.id
        ORDER BY last.user_id LIMIT 1 OFFSET ${REACTIONS_COUNTED - 1}) AS up_to
      FROM messages m WHERE m.id IN (${anyNamed('ids', size)}))
    SELECT r.message_id AS "messageId", r.emoji, count(*) AS count,
      max(CASE WHEN r.user_id = ${viewer} THEN 1 ELSE 0 END) AS own
    FROM (
      SELECT ${columns} FROM counted CROSS JOIN message_reactions r
      WHERE r.message_id = counted.id AND r.user_id <= COALESCE(counted.up_to, ${LAST_ID})
      UNION SELECT ${columns} FROM message_reactions r
      WHERE r.message_id IN (${anyNamed('ids', size)}) AND r.user_id = ${viewer}) AS r
    WHERE ${canSeeCard(viewer, sql`r.user_id`)}
    GROUP BY r.message_id, r.emoji`;
});

const INSERT = sql`
  INSERT INTO messages (id, conversation_id, sender_id, client_id, content, search_text, reply_to_id)
  VALUES (${named('id')}, ${named('conversation')}, ${named('sender')}, ${named('client')}, ${named('content')},
    ${named('searchText')}, ${named('replyTo')})`;

const INSERT_WORDS = shaped(
  (size: number) => sql`
    INSERT INTO message_words (conversation_id, word, message_id) VALUES ${join(
      Array.from(
        { length: size },
        (_, at) => sql`(${named('conversation')}, ${namedAt('words', at)}, ${named('id')})`,
      ),
    )}`,
);

const matches = (words: string[]): Sql =>
  join(
    words.map((word) => sql`m.search_text LIKE ${searchPattern(word)} ESCAPE '\\'`),
    ' AND ',
  );

@Injectable()
export class MessagesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; none if the viewer may not see the conversation. */
  findBefore(
    viewerId: string,
    conversationId: string,
    before: string | null,
    limit: number,
  ): Promise<MessageRow[]> {
    const values = { viewer: viewerId, conversation: conversationId };
    return findInPortions<MessageRow>(this.database, IN_CONVERSATION, before, limit, { values });
  }

  /** Oldest first. */
  findAfter(
    viewerId: string,
    conversationId: string,
    after: string,
    limit: number,
  ): Promise<MessageRow[]> {
    const values = { viewer: viewerId, conversation: conversationId };
    return findInPortions<MessageRow>(this.database, IN_CONVERSATION, after, limit, {
      order: 'oldest first',
      values,
    });
  }

  findByIds(
    viewerId: string,
    ids: string[],
    reader: Reader = this.database,
  ): Promise<MessageRow[]> {
    if (!ids.length) return Promise.resolve([]);
    return reader.many(new Statement(OF_IDS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  async findVisible(viewerId: string, id: string, reader?: Reader): Promise<MessageRow | null> {
    return (await this.findByIds(viewerId, [id], reader))[0] ?? null;
  }

  /** Whoever may see it. */
  findRow(
    transaction: Transaction,
    id: string,
  ): Promise<Pick<Message, 'id' | 'conversationId' | 'deletedAt'> | null> {
    return transaction.one(sql`
      SELECT s.id, s.conversation_id AS "conversationId", s.deleted_at AS "deletedAt"
      FROM messages s WHERE s.id = ${id}`);
  }

  /** Reactions of people whom the viewer may see. */
  async findReactions(viewerId: string, ids: string[]): Promise<ReactionRow[]> {
    if (!ids.length) return [];
    return this.database.many(new Statement(REACTIONS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  /**
   * The newest messages in these conversations that match all words. Of a word that is in very many messages, only the
   * latest of each conversation are looked at, unless there is just one conversation.
   */
  async search(
    viewerId: string,
    conversationIds: string[],
    words: string[],
    limit: number,
  ): Promise<MessageRow[]> {
    if (!conversationIds.length || !words.length) return [];
    const among = anyOf(conversationIds);
    for (const word of words.toSorted((one, other) => other.length - one.length)) {
      const [from, to] = indexRange(word);
      const rows = await this.database.many<{ id: string }>(sql`
        SELECT w.message_id AS id FROM message_words w
        WHERE w.conversation_id IN (${among}) AND w.word BETWEEN ${from} AND ${to} LIMIT ${FEW + 1}`);
      if (rows.length > FEW) continue;
      const ids = [...new Set(rows.map(({ id }) => id))];
      return ids.length
        ? this.findMatching(viewerId, sql`m.id IN (${anyOf(ids)})`, words, limit)
        : [];
    }
    if (conversationIds.length === 1) {
      const list = {
        ...IN_CONVERSATION,
        rule: narrowed(rule, sql`m.deleted_at IS NULL AND ${matches(words)}`),
      };
      const values = { viewer: viewerId, conversation: conversationIds[0]! };
      return findInPortions<MessageRow>(this.database, list, null, limit, { values });
    }
    const found: MessageRow[] = [];
    for (const conversationId of conversationIds) {
      const latest = sql`m.id IN (
        SELECT latest.id FROM messages latest WHERE latest.conversation_id = ${conversationId}
        ORDER BY latest.id DESC LIMIT ${LATEST_LOOKED_AT})`;
      found.push(...(await this.findMatching(viewerId, latest, words, limit)));
      await nextTurn();
    }
    return found.sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, limit);
  }

  private findMatching(
    viewerId: string,
    among: Sql,
    words: string[],
    limit: number,
  ): Promise<MessageRow[]> {
    const query = sql`
      SELECT m.id, ${selected(SHOWN)} FROM messages m
      WHERE ${among} AND m.deleted_at IS NULL AND ${matches(words)} AND ${rule}
      ORDER BY m.id DESC LIMIT ${limit}`;
    return this.database.many(new Statement(query, { viewer: viewerId }));
  }

  // ——— for writers

  async findByClientId(
    transaction: Transaction,
    message: Pick<Message, 'conversationId' | 'clientId'> & { senderId: string },
  ): Promise<string | null> {
    const row = await transaction.one<{ id: string }>(sql`
      SELECT id FROM messages WHERE conversation_id = ${message.conversationId}
        AND sender_id = ${message.senderId} AND client_id = ${message.clientId}`);
    return row?.id ?? null;
  }

  async insert(
    transaction: Transaction,
    message: Omit<Message, 'senderId' | 'editedAt' | 'deletedAt'> & { senderId: string },
  ): Promise<void> {
    const { id, conversationId, senderId, clientId, content, searchText, replyToId } = message;
    await transaction.run(
      new Statement(INSERT, {
        id,
        conversation: conversationId,
        sender: senderId,
        client: clientId,
        content,
        searchText,
        replyTo: replyToId,
      }),
    );
    await this.index(transaction, message);
  }

  async update(
    transaction: Transaction,
    { id, conversationId }: Pick<MessageRow, 'id' | 'conversationId'>,
    values: Pick<Message, 'content' | 'searchText'> & Partial<Message>,
  ): Promise<void> {
    await transaction.update(Message, { id }, values);
    await transaction.delete(MessageWord, { messageId: id });
    await this.index(transaction, { id, conversationId, searchText: values.searchText });
  }

  private async index(
    transaction: Transaction,
    { id, conversationId, searchText }: Pick<Message, 'id' | 'conversationId' | 'searchText'>,
  ): Promise<void> {
    const all = indexedWords(searchText).slice(0, WORDS_INDEXED);
    for (let at = 0; at < all.length; at += WORDS_AT_ONCE) {
      const words = all.slice(at, at + WORDS_AT_ONCE);
      const values = { conversation: conversationId, id, words };
      await transaction.run(new Statement(INSERT_WORDS(words.length), values));
    }
  }

  async react(
    transaction: Transaction,
    messageId: string,
    userId: string,
    emoji: string,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO message_reactions (id, message_id, user_id, emoji)
      VALUES (${uuid()}, ${messageId}, ${userId}, ${emoji})
      ON CONFLICT (message_id, user_id) DO UPDATE SET emoji = excluded.emoji`);
  }

  /** Returns whether there was one. */
  async unreact(transaction: Transaction, messageId: string, userId: string): Promise<boolean> {
    return (await transaction.delete(MessageReaction, { messageId, userId })) === 1;
  }

  async deleteReactions(transaction: Transaction, messageId: string): Promise<void> {
    await transaction.delete(MessageReaction, { messageId });
  }

  async isIn(reader: Reader, conversationId: string, id: string): Promise<boolean> {
    const row = await reader.one(
      sql`SELECT id FROM messages WHERE id = ${id} AND conversation_id = ${conversationId}`,
    );
    return row !== null;
  }

  // ——— personal data

  findReactionsOf(
    userId: string,
    after: string,
    limit: number,
  ): Promise<Pick<MessageReaction, 'id' | 'messageId' | 'emoji'>[]> {
    return this.database.many(sql`
      SELECT r.id, r.message_id AS "messageId", r.emoji FROM message_reactions r
      JOIN messages m ON m.id = r.message_id
      WHERE r.user_id = ${userId} AND r.id > ${after} AND ${canSeeMessage(sql`${userId}`, messageColumns(sql`m`))}
      ORDER BY r.id LIMIT ${limit}`);
  }

  /** What somebody has written stays with the others. */
  forgetSender(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      UPDATE messages SET sender_id = NULL
      WHERE id IN (SELECT m.id FROM messages m WHERE m.sender_id = ${userId} LIMIT ${limit})`);
  }

  deleteSomeReactionsOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM message_reactions WHERE id IN (
        SELECT r.id FROM message_reactions r WHERE r.user_id = ${userId} LIMIT ${limit})`);
  }

  async findSomeIn(
    transaction: Transaction,
    conversationId: string,
    limit: number,
  ): Promise<string[]> {
    return transaction.ids(sql`
      SELECT m.id FROM messages m WHERE m.conversation_id = ${conversationId} ORDER BY m.id DESC LIMIT ${limit}`);
  }

  async deleteRows(transaction: Transaction, ids: string[]): Promise<void> {
    if (ids.length) await transaction.run(sql`DELETE FROM messages WHERE id IN (${anyOf(ids)})`);
  }
}
