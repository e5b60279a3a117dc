import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Repetition } from '@echomate/contracts/events.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { canSeeEvent, eventColumns } from '../../access/event.access.js';
import { leads } from '../../access/group.access.js';
import { Database } from '../../platform/database/database.service.js';
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
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { EventOption } from './entities/event-option.entity.js';
import { EventSeries } from './entities/event-series.entity.js';
import { Event } from './entities/event.entity.js';

/** An event with what its dates share, and the viewer's answer. */
export interface EventRow {
  id: string;
  seriesId: string;
  groupId: string;
  groupTitle: string;
  isLed: boolean | number;
  creatorId: string | null;
  title: string;
  description: string;
  place: string | null;
  zone: string;
  startsLocal: string;
  endsLocal: string | null;
  startsAt: string;
  endsAt: string | null;
  overAt: string;
  recurrence: string | null;
  isMoved: boolean | number;
  cancelledAt: string | null;
  repeats: Repetition | null;
  until: string | null;
  patternZone: string;
  patternStart: string;
  patternEnd: string | null;
  sequence: number;
  changedAt: string;
  createdAt: string;
  seriesAnswers: number;
  optionId: string | null;
  isWaiting: boolean | number | null;
  answeredAt: string | null;
}

export interface OptionRow {
  eventId: string;
  id: string;
  title: string;
  capacity: number | null;
  taken: number;
  answerCount: number;
  waitingCount: number;
}

/** Events are listed by their starts. */
export interface TimeCursor {
  startsAt: string;
  id: string;
}

export interface ListedEvent {
  id: string;
  startsAt: string;
}

const SERIES_AT_ONCE = 16;

const viewer = named('viewer');
const rule = canSeeEvent(viewer, eventColumns(sql`e`));

const SHOWN = selected({
  seriesId: sql`e.series_id`,
  groupId: sql`e.group_id`,
  groupTitle: sql`g.title`,
  isLed: leads(viewer, sql`g.id`),
  creatorId: sql`s.creator_id`,
  title: sql`s.title`,
  description: sql`s.description`,
  place: sql`s.place`,
  zone: sql`e.zone`,
  startsLocal: sql`e.starts_local`,
  endsLocal: sql`e.ends_local`,
  startsAt: sql`e.starts_at`,
  endsAt: sql`e.ends_at`,
  overAt: sql`e.over_at`,
  recurrence: sql`e.recurrence`,
  isMoved: sql`e.is_moved`,
  cancelledAt: sql`e.cancelled_at`,
  repeats: sql`s.repeats`,
  until: sql`s.until`,
  patternZone: sql`s.zone`,
  patternStart: sql`s.starts_local`,
  patternEnd: sql`s.ends_local`,
  sequence: sql`s.sequence`,
  changedAt: sql`s.changed_at`,
  createdAt: sql`s.created_at`,
  seriesAnswers: sql`s.answer_count`,
  optionId: sql`a.option_id`,
  isWaiting: sql`a.is_waiting`,
  answeredAt: sql`a.answered_at`,
});

const FROM = sql`events e
  JOIN event_series s ON s.id = e.series_id JOIN groups g ON g.id = e.group_id
  LEFT JOIN event_answers a ON a.event_id = e.id AND a.user_id = ${viewer}`;

const OF_IDS = shaped(
  (size: number) =>
    sql`SELECT e.id, ${SHOWN} FROM ${FROM} WHERE e.id IN (${anyNamed('ids', size)}) AND ${rule}`,
);

/** Of each series the next date that takes place; if none does, the next one, or the last. */
const OF_SERIES_NEXT = shaped(
  (size: number) => sql`
    SELECT e.id, ${SHOWN} FROM ${FROM}
    WHERE e.id IN (SELECT (
      SELECT next.id FROM events next WHERE next.series_id = pattern.id
      ORDER BY next.over_at > ${named('now')} DESC, next.over_at > ${named('now')} AND next.cancelled_at IS NOT NULL,
        CASE WHEN next.over_at > ${named('now')} THEN next.starts_at END,
        next.starts_at DESC, next.id LIMIT 1)
      FROM event_series pattern WHERE pattern.id IN (${anyNamed('series', size)})) AND ${rule}`,
);

const OPTIONS = shaped(
  (size: number) => sql`
    SELECT e.id AS "eventId", o.id, o.title, o.capacity, COALESCE(c.taken, 0) AS taken,
      COALESCE(c.answer_count, 0) AS "answerCount", COALESCE(c.waiting_count, 0) AS "waitingCount"
    FROM events e JOIN event_options o ON o.series_id = e.series_id
      LEFT JOIN event_counts c ON c.event_id = e.id AND c.option_id = o.id
    WHERE e.id IN (${anyNamed('ids', size)}) AND ${rule} ORDER BY e.id, o.position`,
);

const start = named('startsAt');
const id = named('id');
const limit = named('limit');

const inGroup = (from: Sql, order: Sql): Sql => sql`
  SELECT e.id, e.starts_at AS "startsAt" FROM events e
  WHERE e.group_id = ${named('group')} AND ${from} AND ${rule}
  ORDER BY e.starts_at ${order}, e.id ${order} LIMIT ${limit}`;

/** `earliest` is so long ago that what began before is over; it keeps the statement from walking through the past. */
const TO_COME = inGroup(
  sql`e.starts_at > ${named('earliest')} AND e.over_at > ${named('now')}
    AND (e.starts_at, e.id) > (${start}, ${id})`,
  raw('ASC'),
);
const OVER = inGroup(
  sql`e.over_at <= ${named('now')} AND (e.starts_at, e.id) < (${start}, ${id})`,
  raw('DESC'),
);

const OWN = sql`
  SELECT e.id, e.starts_at AS "startsAt" FROM memberships m JOIN events e ON e.group_id = m.group_id
  WHERE m.user_id = ${viewer} AND m.ended_at IS NULL
    AND e.starts_at > ${named('earliest')} AND e.starts_at < ${named('to')} AND e.over_at > ${named('from')}
    AND (e.starts_at, e.id) > (${start}, ${id}) AND ${rule}
  ORDER BY e.starts_at, e.id LIMIT ${limit}`;

/** What a calendar needs of series: the first date of each pattern, and those that differ from it. */
const OF_SERIES = shaped(
  (size: number) => sql`
    SELECT e.id, ${SHOWN} FROM ${FROM}
    WHERE e.series_id IN (${anyNamed('series', size)}) AND ${rule}
      AND (s.repeats IS NULL OR e.recurrence IS NULL OR e.is_moved OR e.cancelled_at IS NOT NULL
        OR e.recurrence = s.starts_local)
    ORDER BY e.series_id, e.starts_at, e.id LIMIT ${limit}`,
);

const SERIES_IN_GROUP = sql`
  SELECT latest.series_id AS id, max(latest.starts_at) AS "startsAt" FROM (
    SELECT e.series_id, e.starts_at FROM events e
    WHERE e.group_id = ${named('group')} AND e.starts_at > ${named('from')}
    ORDER BY e.starts_at DESC, e.id DESC LIMIT ${LIMITS.group.maxDatesAhead}) AS latest
  WHERE ${canSeeEvent(viewer, { groupId: named('group') })}
  GROUP BY latest.series_id ORDER BY max(latest.starts_at) DESC, latest.series_id LIMIT ${limit}`;

@Injectable()
export class EventsRepository {
  constructor(private readonly database: Database) {}

  findByIds(viewerId: string, ids: string[], reader: Reader = this.database): Promise<EventRow[]> {
    if (!ids.length) return Promise.resolve([]);
    return reader.many(new Statement(OF_IDS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  findNextOf(viewerId: string, series: string[], now: string): Promise<EventRow[]> {
    return this.database.many(
      new Statement(OF_SERIES_NEXT(sizeOf(series)), { viewer: viewerId, series, now }),
    );
  }

  findOptions(viewerId: string, ids: string[]): Promise<OptionRow[]> {
    if (!ids.length) return Promise.resolve([]);
    return this.database.many(new Statement(OPTIONS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  findToCome(
    viewerId: string,
    group: string,
    { now, earliest }: { now: string; earliest: string },
    behind: TimeCursor,
    limit: number,
  ): Promise<ListedEvent[]> {
    const values = { viewer: viewerId, group, now, earliest, ...behind, limit };
    return this.database.many(new Statement(TO_COME, values));
  }

  findOver(
    viewerId: string,
    group: string,
    now: string,
    behind: TimeCursor,
    limit: number,
  ): Promise<ListedEvent[]> {
    const values = { viewer: viewerId, group, now, ...behind, limit };
    return this.database.many(new Statement(OVER, values));
  }

  findOwn(
    viewerId: string,
    range: { from: string; to: string; earliest: string },
    behind: TimeCursor,
    limit: number,
  ): Promise<ListedEvent[]> {
    const values = { viewer: viewerId, ...range, ...behind, limit };
    return this.database.many(new Statement(OWN, values));
  }

  /** Series in the viewer's groups with a date after `from`; those that go on longest first. */
  async findOwnSeries(viewerId: string, from: string, limit: number): Promise<string[]> {
    const groups = await this.database.ids(sql`
      SELECT m.group_id AS id FROM memberships m WHERE m.user_id = ${viewerId} AND m.ended_at IS NULL`);
    const found: ListedEvent[] = [];
    for (const group of groups) {
      const values = { viewer: viewerId, group, from, limit };
      found.push(
        ...(await this.database.many<ListedEvent>(new Statement(SERIES_IN_GROUP, values))),
      );
      await nextTurn();
    }
    return found
      .sort((one, other) => (one.startsAt < other.startsAt ? 1 : -1))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  /** The dates of these series that a calendar must know: the first of each pattern, and all that differ from it. */
  async findForCalendar(viewerId: string, series: string[], most: number): Promise<EventRow[]> {
    const found: EventRow[] = [];
    for (let at = 0; at < series.length && found.length < most; at += SERIES_AT_ONCE) {
      const some = series.slice(at, at + SERIES_AT_ONCE);
      const values = { viewer: viewerId, series: some, limit: most - found.length };
      found.push(
        ...(await this.database.many<EventRow>(new Statement(OF_SERIES(sizeOf(some)), values))),
      );
      await nextTurn();
    }
    return found;
  }

  // ——— for writers, who hold the lock of the series

  /** How many dates a group has after a moment, up to `limit`. */
  async countAhead(
    transaction: Transaction,
    groupId: string,
    now: string,
    limit: number,
  ): Promise<number> {
    const row = await transaction.one<{ count: number }>(sql`
      SELECT count(*) AS count FROM (
        SELECT 1 FROM events e WHERE e.group_id = ${groupId} AND e.starts_at > ${now} LIMIT ${limit}) AS ahead`);
    return row!.count;
  }

  async find(reader: Reader, viewerId: string, id: string): Promise<EventRow | null> {
    return (await this.findByIds(viewerId, [id], reader))[0] ?? null;
  }

  /** Ids only, of events that may be hidden from the person. */
  findPlace(reader: Reader, id: string): Promise<{ groupId: string; seriesId: string } | null> {
    return reader.one(
      sql`SELECT e.group_id AS "groupId", e.series_id AS "seriesId" FROM events e WHERE e.id = ${id}`,
    );
  }

  async insertSeries(
    transaction: Transaction,
    series: EventSeries,
    options: EventOption[],
    events: Event[],
  ): Promise<void> {
    await transaction.insert(EventSeries, series);
    await transaction.insert(EventOption, options);
    await this.insert(transaction, events);
  }

  async insert(transaction: Transaction, events: Event[]): Promise<void> {
    if (events.length) await transaction.insert(Event, events);
  }

  async update(transaction: Transaction, id: string, values: Partial<Event>): Promise<void> {
    await transaction.update(Event, { id }, values);
  }

  /** Every change of a series counts for calendars. */
  async change(transaction: Transaction, id: string, values: Partial<EventSeries>): Promise<void> {
    await transaction.update(
      EventSeries,
      { id },
      { ...values, changedAt: new Date().toISOString() },
    );
    await transaction.run(sql`UPDATE event_series SET sequence = sequence + 1 WHERE id = ${id}`);
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Event, { id });
  }

  async deleteSeries(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(EventSeries, { id });
  }

  /** The dates that the pattern has, in order. */
  findPattern(
    transaction: Transaction,
    seriesId: string,
  ): Promise<
    {
      id: string;
      recurrence: string;
      overAt: string;
      cancelledAt: string | null;
      hasAnswers: boolean | number;
    }[]
  > {
    return transaction.many(sql`
      SELECT e.id, e.recurrence, e.over_at AS "overAt", e.cancelled_at AS "cancelledAt",
        EXISTS (SELECT 1 FROM event_answers a WHERE a.event_id = e.id) AS "hasAnswers"
      FROM events e WHERE e.series_id = ${seriesId} AND e.recurrence IS NOT NULL ORDER BY e.recurrence`);
  }

  /** What can still be cancelled: this date, or all from it on. */
  async findToCancel(
    transaction: Transaction,
    seriesId: string,
    { from, now }: { from: string; now: string },
  ): Promise<string[]> {
    return transaction.ids(sql`
      SELECT e.id FROM events e
      WHERE e.series_id = ${seriesId} AND e.starts_at >= ${from} AND e.over_at > ${now}
        AND e.cancelled_at IS NULL`);
  }

  findSeriesOptions(
    transaction: Transaction,
    seriesId: string,
  ): Promise<
    (Pick<EventOption, 'id' | 'title' | 'capacity' | 'position'> & {
      isDecline: boolean | number;
      taken: number;
      isPicked: boolean | number;
    })[]
  > {
    return transaction.many(sql`
      SELECT o.id, o.title, o.capacity, o.position, o.is_decline AS "isDecline",
        COALESCE((SELECT max(c.taken) FROM event_counts c JOIN events e ON e.id = c.event_id
          WHERE c.option_id = o.id AND e.over_at > ${new Date().toISOString()}), 0) AS taken,
        EXISTS (SELECT 1 FROM event_answers a WHERE a.option_id = o.id) AS "isPicked"
      FROM event_options o WHERE o.series_id = ${seriesId} ORDER BY o.position`);
  }

  async putOption(transaction: Transaction, option: EventOption): Promise<void> {
    const { id, ...values } = option;
    if (!(await transaction.update(EventOption, { id }, values)))
      await transaction.insert(EventOption, option);
  }

  async deleteOption(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(EventOption, { id });
  }

  // ——— reminders

  async findToRemind(now: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT e.id FROM events e WHERE e.next_reminder_at <= ${now} ORDER BY e.next_reminder_at LIMIT ${limit}`);
  }

  /** Null unless a reminder is due. `isThere` says whether the group is. */
  findDue(
    transaction: Transaction,
    id: string,
    now: string,
  ): Promise<{ startsAt: string; groupId: string; isThere: boolean | number } | null> {
    return transaction.one(sql`
      SELECT e.starts_at AS "startsAt", e.group_id AS "groupId", g.deleted_at IS NULL AS "isThere"
      FROM events e JOIN groups g ON g.id = e.group_id WHERE e.id = ${id} AND e.next_reminder_at <= ${now}`);
  }

  // ——— when groups and accounts go

  /** Deletes what a wiped group had, at most `limit` rows at a time; returns how many. */
  deleteSomeOf(
    transaction: Transaction,
    kind: 'answers' | 'counts' | 'events' | 'options' | 'series',
    groupId: string,
    limit: number,
  ): Promise<number> {
    const ofEvents = sql`(SELECT e.id FROM events e WHERE e.group_id = ${groupId})`;
    const ofSeries = sql`(SELECT s.id FROM event_series s WHERE s.group_id = ${groupId})`;
    const statements: Record<typeof kind, Sql> = {
      answers: sql`DELETE FROM event_answers WHERE id IN (
        SELECT a.id FROM event_answers a WHERE a.event_id IN ${ofEvents} LIMIT ${limit})`,
      counts: sql`DELETE FROM event_counts WHERE (event_id, option_id) IN (
        SELECT c.event_id, c.option_id FROM event_counts c WHERE c.event_id IN ${ofEvents} LIMIT ${limit})`,
      events: sql`DELETE FROM events WHERE id IN (
        SELECT e.id FROM events e WHERE e.group_id = ${groupId} LIMIT ${limit})`,
      options: sql`DELETE FROM event_options WHERE id IN (
        SELECT o.id FROM event_options o WHERE o.series_id IN ${ofSeries} LIMIT ${limit})`,
      series: sql`DELETE FROM event_series WHERE id IN (
        SELECT s.id FROM event_series s WHERE s.group_id = ${groupId} LIMIT ${limit})`,
    };
    return transaction.run(statements[kind]);
  }

  /** At most `limit` series lose the name of who made them; returns how many. */
  forgetCreator(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      UPDATE event_series SET creator_id = NULL WHERE id IN (
        SELECT s.id FROM event_series s WHERE s.creator_id = ${userId} LIMIT ${limit})`);
  }
}
