import { Injectable } from '@nestjs/common';
import type {
  CreateEventRequest,
  Event,
  EventOptionRequest,
  EventScope,
  UpdateEventRequest,
} from '@echomate/contracts/events.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { Idempotency } from '../../platform/idempotency/idempotency.service.js';
import { GroupsService } from '../groups/groups.service.js';
import type { Event as EventEntity } from './entities/event.entity.js';
import {
  assertRepeats,
  assertSensible,
  datesOf,
  movedEnd,
  nextReminderAt,
  timesOf,
  zoneNamed,
  type LocalTimes,
  type Pattern,
} from './event-times.js';
import {
  EventCancelled,
  EventChanged,
  EventCreated,
  EventDeleted,
  type ChangedField,
} from './events.domain-events.js';
import { isOver, mayDelete, mayEdit } from './events.policy.js';
import { EventsRepository, type EventRow } from './events.repository.js';
import { EventsService } from './events.service.js';
import { ResponsesService } from './responses.service.js';

/** Whoever picks an option of this title says that they won't come, whatever it is called later. */
const DECLINE = 'Not going';
const DEFAULT_OPTIONS: EventOptionRequest[] = [{ title: 'Going' }, { title: DECLINE }];

/** Making, changing, cancelling and deleting events. Every change holds the lock of the series. */
@Injectable()
export class EventWritingService {
  constructor(
    private readonly repository: EventsRepository,
    private readonly events: EventsService,
    private readonly responses: ResponsesService,
    private readonly groups: GroupsService,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly domainEvents: DomainEvents,
  ) {}

  async create(
    creatorId: string,
    groupId: string,
    request: CreateEventRequest,
    key?: string,
  ): Promise<Event> {
    const { title, start, end = null, repeats = null, until = null } = request;
    const pattern: Pattern = { zone: zoneNamed(request.zone), start, end, repeats, until };
    const keyed = { userId: creatorId, key, request: { groupId, ...request } };
    const id = await this.database.transaction((transaction) =>
      this.idempotency.once(transaction, keyed, async (firstId) => {
        await this.groups.assertMember(transaction, groupId, creatorId);
        const now = new Date();
        assertSensible(pattern, now);
        assertRepeats(pattern);
        const seriesId = uuid();
        const createdAt = now.toISOString();
        const series = {
          id: seriesId,
          groupId,
          creatorId,
          title,
          repeats,
          until,
          createdAt,
          description: request.description ?? '',
          place: request.place ?? null,
          zone: pattern.zone,
          startsLocal: start,
          endsLocal: end,
          sequence: 0,
          answerCount: 0,
          changedAt: createdAt,
        };
        const options = (request.options ?? DEFAULT_OPTIONS).map((option, position) => {
          if (option.id !== undefined) throw invalidField('options', 'not-an-option');
          return optionOf(uuid(), seriesId, position, option);
        });
        const dates = datesOf(pattern).map((date, index) =>
          dateOf(index ? uuid() : firstId, { id: seriesId, groupId }, date, now),
        );
        await this.repository.insertSeries(transaction, series, options, dates);
        await this.assertFew(transaction, groupId, now);
        await this.domainEvents.announce(
          transaction,
          new EventCreated(firstId, seriesId, groupId, creatorId),
        );
      }),
    );
    return this.events.event(creatorId, id);
  }

  async update(viewerId: string, id: string, changes: UpdateEventRequest): Promise<Event> {
    await this.database.transaction(async (transaction) => {
      const row = await this.editable(transaction, viewerId, id);
      assertStands(row);
      const changed = [
        ...(await this.changeWords(transaction, row, changes)),
        ...(await this.changeTimes(transaction, row, changes)),
      ];
      if (changes.options && (await this.changeOptions(transaction, row, changes.options)))
        changed.push('options');
      if (!changed.length) return;
      await this.repository.change(transaction, row.seriesId, {});
      const scope = changes.scope ?? 'this';
      await this.domainEvents.announce(
        transaction,
        new EventChanged(id, row.seriesId, row.groupId, viewerId, changed, scope),
      );
    });
    return this.events.event(viewerId, id);
  }

  /** It stays, and says so. */
  async cancel(viewerId: string, id: string, scope: EventScope = 'this'): Promise<Event> {
    await this.database.transaction(async (transaction) => {
      const row = await this.editable(transaction, viewerId, id);
      assertStands(row);
      const now = new Date().toISOString();
      const ids =
        scope === 'following'
          ? await this.repository.findToCancel(transaction, row.seriesId, {
              from: row.startsAt,
              now,
            })
          : [id];
      for (const one of ids)
        await this.repository.update(transaction, one, { cancelledAt: now, nextReminderAt: null });
      await this.repository.change(transaction, row.seriesId, {});
      await this.domainEvents.announce(
        transaction,
        new EventCancelled(id, row.seriesId, row.groupId, viewerId, scope),
      );
    });
    return this.events.event(viewerId, id);
  }

  /** With all its dates, as long as nobody has answered. */
  async delete(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const row = await this.editable(transaction, viewerId, id);
      if (!mayDelete(viewerId, row)) throw refuse('event-answered');
      await this.repository.deleteSeries(transaction, row.seriesId);
      await this.domainEvents.announce(transaction, new EventDeleted(row.seriesId, row.groupId));
    });
  }

  /** By a moderator: with all its dates, answered or not. False if it is gone already. */
  async remove(transaction: Transaction, id: string): Promise<boolean> {
    const place = await this.repository.findPlace(transaction, id);
    if (!place) return false;
    await locks.events(transaction, place.seriesId);
    if (!(await this.repository.findPlace(transaction, id))) return false;
    await this.repository.deleteSeries(transaction, place.seriesId);
    await this.domainEvents.announce(transaction, new EventDeleted(place.seriesId, place.groupId));
    return true;
  }

  // ———

  /** The event, for whoever may change it; takes the lock of its series. */
  private async editable(
    transaction: Transaction,
    viewerId: string,
    id: string,
  ): Promise<EventRow> {
    const place = await this.repository.findPlace(transaction, id);
    if (!place) throw notFound();
    await this.groups.assertMember(transaction, place.groupId, viewerId);
    await locks.events(transaction, place.seriesId);
    const row = await this.repository.find(transaction, viewerId, id);
    if (!row) throw notFound();
    if (!mayEdit(viewerId, row)) throw refuse('not-your-event');
    return row;
  }

  private async changeWords(
    transaction: Transaction,
    row: EventRow,
    changes: UpdateEventRequest,
  ): Promise<ChangedField[]> {
    const title = changes.title ?? row.title;
    const description =
      changes.description === undefined ? row.description : (changes.description ?? '');
    const place = changes.place === undefined ? row.place : changes.place;
    const words = { title, description, place };
    const changed = (['title', 'description', 'place'] as const).filter(
      (field) => words[field] !== row[field],
    );
    if (changed.length) await this.repository.change(transaction, row.seriesId, words);
    return changed;
  }

  private async changeTimes(
    transaction: Transaction,
    row: EventRow,
    changes: UpdateEventRequest,
  ): Promise<ChangedField[]> {
    const before = { zone: row.zone, start: row.startsLocal, end: row.endsLocal };
    const start = changes.start ?? before.start;
    const times: LocalTimes = {
      zone: changes.zone ? zoneNamed(changes.zone) : before.zone,
      start,
      end: changes.end === undefined ? movedEnd(before, start) : changes.end,
    };
    const changed: ChangedField[] = (['start', 'end', 'zone'] as const).filter(
      (field) => times[field] !== before[field],
    );
    const pattern: Pattern = {
      zone: row.patternZone,
      start: row.patternStart,
      end: row.patternEnd,
      repeats: row.repeats,
      until: changes.until ?? row.until,
    };
    const isLonger = pattern.until !== row.until;
    if (!changed.length && !isLonger) return [];
    const now = new Date();
    if (changed.length) assertSensible(times, now);
    const isForAll = changed.length > 0 && (!row.repeats || changes.scope === 'following');
    if (isForAll) Object.assign(pattern, times);
    assertRepeats(pattern);
    if (isForAll || isLonger) await this.follow(transaction, row, pattern, isForAll, now);
    if (changed.length && !isForAll)
      await this.repository.update(transaction, row.id, {
        ...columnsOf(times, now),
        isMoved: true,
      });
    return isLonger ? [...changed, 'until'] : changed;
  }

  /**
   * Gives the dates of a series a new pattern: `row` and those after it, in their order, or all, if only the end of the
   * repetition changes. Dates that the pattern no longer has stay for those who answered, but cancelled.
   */
  private async follow(
    transaction: Transaction,
    row: EventRow,
    pattern: Pattern,
    isFromHere: boolean,
    now: Date,
  ): Promise<void> {
    const dates = datesOf(pattern);
    const all = await this.repository.findPattern(transaction, row.seriesId);
    const isBefore = ({ recurrence }: { recurrence: string }) =>
      isFromHere && row.recurrence !== null && recurrence < row.recurrence;
    for (const { id } of all.filter(isBefore))
      await this.repository.update(transaction, id, { recurrence: null });
    const kept = all.filter((date) => !isBefore(date));
    for (const [index, date] of kept.entries()) {
      const planned = dates[index];
      if (!planned) await this.drop(transaction, date, now);
      else if (isFromHere)
        await this.repository.update(transaction, date.id, {
          ...columnsOf(planned, now),
          recurrence: planned.start,
          isMoved: false,
          ...(date.cancelledAt && { nextReminderAt: null }),
        });
    }
    const series = { id: row.seriesId, groupId: row.groupId };
    await this.repository.insert(
      transaction,
      dates
        .slice(kept.length)
        .map((date) => dateOf(uuid(), series, date, now))
        .filter(({ overAt }) => Date.parse(overAt) > now.getTime()),
    );
    if (dates.length > kept.length) await this.assertFew(transaction, row.groupId, now);
    await this.repository.change(transaction, row.seriesId, {
      zone: pattern.zone,
      startsLocal: pattern.start,
      endsLocal: pattern.end,
      until: pattern.until,
    });
  }

  /** Counts what was just written too. */
  private async assertFew(transaction: Transaction, groupId: string, now: Date): Promise<void> {
    const max = LIMITS.group.maxDatesAhead;
    const ahead = await this.repository.countAhead(
      transaction,
      groupId,
      now.toISOString(),
      max + 1,
    );
    if (ahead > max) throw refuse('too-many-dates', { max });
  }

  private async drop(
    transaction: Transaction,
    date: { id: string; overAt: string; cancelledAt: string | null; hasAnswers: boolean | number },
    now: Date,
  ): Promise<void> {
    if (Date.parse(date.overAt) > now.getTime() && !date.hasAnswers)
      return this.repository.delete(transaction, date.id);
    await this.repository.update(transaction, date.id, {
      recurrence: null,
      nextReminderAt: null,
      ...(Date.parse(date.overAt) > now.getTime() && {
        cancelledAt: date.cancelledAt ?? now.toISOString(),
      }),
    });
  }

  /** Returns whether anything has changed. Who has a place keeps it; who waits gets one if there are more now. */
  private async changeOptions(
    transaction: Transaction,
    row: EventRow,
    requested: EventOptionRequest[],
  ): Promise<boolean> {
    const before = await this.repository.findSeriesOptions(transaction, row.seriesId);
    const byId = new Map(before.map((option) => [option.id, option]));
    const wanted = requested.map((option, position) =>
      optionOf(
        option.id?.toLowerCase() ?? uuid(),
        row.seriesId,
        position,
        option,
        Boolean(byId.get(option.id?.toLowerCase() ?? '')?.isDecline),
      ),
    );
    for (const [index, { id, capacity }] of wanted.entries()) {
      const old = byId.get(id);
      if (!old && requested[index]!.id !== undefined)
        throw invalidField(`options.${index}.id`, 'not-an-option');
      if (old && capacity !== null && capacity < old.taken && capacity !== old.capacity)
        throw invalidField(`options.${index}.capacity`, 'places-taken', { taken: old.taken });
    }
    const ids = new Set(wanted.map(({ id }) => id));
    if (ids.size < wanted.length) throw invalidField('options', 'duplicate');
    const gone = before.filter(({ id }) => !ids.has(id));
    if (gone.some(({ isPicked }) => isPicked)) throw invalidField('options', 'option-answered');
    const isSame = (option: (typeof wanted)[number]) => {
      const old = byId.get(option.id);
      return (
        old?.title === option.title &&
        old.capacity === option.capacity &&
        old.position === option.position
      );
    };
    if (!gone.length && wanted.every(isSame)) return false;
    for (const { id } of gone) await this.repository.deleteOption(transaction, id);
    for (const option of wanted) await this.repository.putOption(transaction, option);
    await this.responses.fillPlaces(
      transaction,
      wanted.filter(({ id }) => byId.has(id)),
    );
    return true;
  }
}

function assertStands(row: EventRow): void {
  if (row.cancelledAt) throw refuse('event-cancelled');
  if (isOver(row, new Date())) throw refuse('event-over');
}

const optionOf = (
  id: string,
  seriesId: string,
  position: number,
  { title, capacity = null }: EventOptionRequest,
  wasDecline = false,
) => ({
  id,
  seriesId,
  position,
  title,
  capacity,
  isDecline: wasDecline || title === DECLINE,
});

const columnsOf = (times: LocalTimes, now: Date) => {
  const { zone, start, end, startsAt, endsAt, overAt } = timesOf(times);
  return {
    zone,
    startsAt,
    endsAt,
    overAt,
    startsLocal: start,
    endsLocal: end,
    nextReminderAt: nextReminderAt(startsAt, now),
  };
};

const dateOf = (
  id: string,
  series: { id: string; groupId: string },
  times: LocalTimes,
  now: Date,
): EventEntity => ({
  id,
  seriesId: series.id,
  groupId: series.groupId,
  ...columnsOf(times, now),
  recurrence: times.start,
  isMoved: false,
  cancelledAt: null,
});
