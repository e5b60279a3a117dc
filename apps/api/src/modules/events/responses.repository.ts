import { Injectable } from '@nestjs/common';
import { canSeeAnswer, eventColumns } from '../../access/event.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import { empty, sql, type Transaction } from '../../platform/database/statements.js';
import { EventAnswer } from './entities/event-answer.entity.js';
import { EventCount } from './entities/event-count.entity.js';

/** An answer; its series is the lock that it is changed under. */
export interface AnswerRow {
  id: string;
  seriesId: string;
  eventId: string;
  userId: string;
  optionId: string;
  isWaiting: boolean | number;
  isCounted: boolean | number;
}

export interface ListedAnswer {
  id: string;
  userId: string;
  optionId: string;
  isWaiting: boolean | number;
  answeredAt: string;
}

const COLUMNS = sql`a.id, e.series_id AS "seriesId", a.event_id AS "eventId", a.user_id AS "userId",
  a.option_id AS "optionId", a.is_waiting AS "isWaiting", a.is_counted AS "isCounted"`;

const ROWS = sql`event_answers a JOIN events e ON e.id = a.event_id`;

@Injectable()
export class ResponsesRepository {
  constructor(private readonly database: Database) {}

  /** Those of the event that the viewer may see, in their order. */
  findPage(
    viewerId: string,
    eventId: string,
    optionId: string | null,
    after: string | null,
    limit: number,
  ): Promise<ListedAnswer[]> {
    const list = {
      rows: sql`${ROWS} WHERE a.event_id = ${eventId} ${optionId ? sql`AND a.option_id = ${optionId}` : empty}`,
      id: sql`a.id`,
      columns: {
        userId: sql`a.user_id`,
        optionId: sql`a.option_id`,
        isWaiting: sql`a.is_waiting`,
        answeredAt: sql`a.answered_at`,
      },
      rule: canSeeAnswer(sql`${viewerId}`, eventColumns(sql`e`), sql`a.user_id`),
    };
    return findInPortions(this.database, list, after, limit, { order: 'oldest first' });
  }

  /** A person's own, for their export; of groups that they are in. */
  findOf(userId: string, after: string, limit: number): Promise<{ id: string }[]> {
    return this.database.many(sql`
      SELECT a.id, a.event_id AS "eventId", s.title AS event, o.title AS answer, a.answered_at AS "answeredAt"
      FROM ${ROWS} JOIN event_series s ON s.id = e.series_id JOIN event_options o ON o.id = a.option_id
      WHERE a.user_id = ${userId} AND a.id > ${after}
        AND ${canSeeAnswer(sql`${userId}`, eventColumns(sql`e`), sql`a.user_id`)}
      ORDER BY a.id LIMIT ${limit}`);
  }

  async findIdsOf(
    userId: string,
    groupId: string | null,
    after: string,
    limit: number,
  ): Promise<string[]> {
    return this.database.ids(sql`
      SELECT a.id FROM ${ROWS}
      WHERE a.user_id = ${userId} AND a.id > ${after} ${groupId ? sql`AND e.group_id = ${groupId}` : empty}
      ORDER BY a.id LIMIT ${limit}`);
  }

  // ——— for writers, who hold the lock of the series

  findById(transaction: Transaction, id: string): Promise<AnswerRow | null> {
    return transaction.one(sql`SELECT ${COLUMNS} FROM ${ROWS} WHERE a.id = ${id}`);
  }

  find(transaction: Transaction, eventId: string, userId: string): Promise<AnswerRow | null> {
    return transaction.one(
      sql`SELECT ${COLUMNS} FROM ${ROWS} WHERE a.event_id = ${eventId} AND a.user_id = ${userId}`,
    );
  }

  findNextWaiting(
    transaction: Transaction,
    eventId: string,
    optionId: string,
  ): Promise<AnswerRow | null> {
    return transaction.one(sql`
      SELECT ${COLUMNS} FROM ${ROWS}
      WHERE a.event_id = ${eventId} AND a.option_id = ${optionId} AND a.is_waiting ORDER BY a.id LIMIT 1`);
  }

  findOption(
    transaction: Transaction,
    seriesId: string,
    optionId: string,
  ): Promise<{ capacity: number | null } | null> {
    return transaction.one(
      sql`SELECT o.capacity FROM event_options o WHERE o.id = ${optionId} AND o.series_id = ${seriesId}`,
    );
  }

  findOptionOf(
    transaction: Transaction,
    eventId: string,
    optionId: string,
  ): Promise<{ capacity: number | null } | null> {
    return transaction.one(sql`
      SELECT o.capacity FROM event_options o JOIN events e ON e.series_id = o.series_id
      WHERE o.id = ${optionId} AND e.id = ${eventId}`);
  }

  async findEventsWaitingFor(transaction: Transaction, optionId: string): Promise<string[]> {
    return transaction.ids(sql`
      SELECT DISTINCT a.event_id AS id FROM event_answers a WHERE a.option_id = ${optionId} AND a.is_waiting`);
  }

  async countTaken(transaction: Transaction, eventId: string, optionId: string): Promise<number> {
    const row = await transaction.one<{ taken: number }>(sql`
      SELECT c.taken FROM event_counts c WHERE c.event_id = ${eventId} AND c.option_id = ${optionId}`);
    return row?.taken ?? 0;
  }

  async isStillOn(transaction: Transaction, eventId: string): Promise<boolean> {
    const row = await transaction.one(sql`
      SELECT e.id FROM events e
      WHERE e.id = ${eventId} AND e.cancelled_at IS NULL AND e.over_at > ${new Date().toISOString()}`);
    return row !== null;
  }

  async insert(transaction: Transaction, answer: EventAnswer): Promise<void> {
    await transaction.insert(EventAnswer, answer);
    const { eventId, optionId } = answer;
    const existing = await transaction.one(sql`
      SELECT c.taken FROM event_counts c WHERE c.event_id = ${eventId} AND c.option_id = ${optionId}`);
    if (!existing)
      await transaction.insert(EventCount, {
        eventId,
        optionId,
        taken: 0,
        answerCount: 0,
        waitingCount: 0,
      });
    await this.add(transaction, answer, 1);
    await this.addToSeries(transaction, eventId, 1);
  }

  async delete(transaction: Transaction, answer: AnswerRow): Promise<void> {
    await transaction.delete(EventAnswer, { id: answer.id });
    await this.add(transaction, answer, -1);
    await this.addToSeries(transaction, answer.eventId, -1);
  }

  async givePlace(transaction: Transaction, answer: AnswerRow): Promise<void> {
    await this.add(transaction, answer, -1);
    await transaction.update(EventAnswer, { id: answer.id }, { isWaiting: false });
    await this.add(transaction, { ...answer, isWaiting: false }, 1);
  }

  async count(transaction: Transaction, answer: AnswerRow, isCounted: boolean): Promise<void> {
    await this.add(transaction, answer, -1);
    await transaction.update(EventAnswer, { id: answer.id }, { isCounted });
    await this.add(transaction, { ...answer, isCounted }, 1);
  }

  private async add(
    transaction: Transaction,
    answer: Pick<AnswerRow, 'eventId' | 'optionId' | 'isWaiting' | 'isCounted'>,
    by: 1 | -1,
  ): Promise<void> {
    const { eventId, optionId, isWaiting, isCounted } = answer;
    const [taken, waiting] = isWaiting ? [0, by] : [by, 0];
    const counted = isCounted ? 1 : 0;
    await transaction.run(sql`
      UPDATE event_counts SET taken = taken + ${taken},
        answer_count = answer_count + ${taken * counted}, waiting_count = waiting_count + ${waiting * counted}
      WHERE event_id = ${eventId} AND option_id = ${optionId}`);
  }

  private async addToSeries(transaction: Transaction, eventId: string, by: 1 | -1): Promise<void> {
    await transaction.run(sql`
      UPDATE event_series SET answer_count = answer_count + ${by}
      WHERE id = (SELECT e.series_id FROM events e WHERE e.id = ${eventId})`);
  }
}
