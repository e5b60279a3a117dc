import { Injectable } from '@nestjs/common';
import type {
  Event,
  EventPage,
  GroupEventsQuery,
  OwnEventsQuery,
} from '@echomate/contracts/events.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { validate as isUuid } from 'uuid';
import { Access } from '../../access/access.service.js';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { FIRST_ID, LAST_ID } from '../../platform/database/ids.js';
import { badCursor } from '../../platform/http/paging.js';
import { invalidField, notFound } from '../../platform/http/problem.js';
import { DAY_MS } from '../../platform/periods.js';
import { UsersService } from '../users/users.service.js';
import { toEvent, toOption } from './events.mapper.js';
import {
  EventsRepository,
  type EventRow,
  type ListedEvent,
  type TimeCursor,
} from './events.repository.js';

const RANGE_DAYS = 31;
const BEFORE_ALL: TimeCursor = { startsAt: '0001-01-01T00:00:00.000Z', id: FIRST_ID };
const BEHIND_ALL: TimeCursor = { startsAt: '9999-12-31T23:59:59.999Z', id: LAST_ID };

/** Events as their group's members see them. */
@Injectable()
export class EventsService {
  constructor(
    private readonly repository: EventsRepository,
    private readonly users: UsersService,
    private readonly access: Access,
    private readonly counts: VisibleCounts,
  ) {}

  async event(viewerId: string, id: string): Promise<Event> {
    const event = (await this.byIds(viewerId, [id])).get(id);
    if (!event) throw notFound();
    return event;
  }

  /** A group's events: those to come, the next first, or those that are over, the latest first. */
  async list(
    viewerId: string,
    groupId: string,
    { past, cursor, limit }: GroupEventsQuery,
  ): Promise<EventPage> {
    if (!(await this.access.canSee(viewerId, 'inside', groupId))) throw notFound();
    const now = new Date();
    const behind = timeCursor(cursor) ?? (past ? BEHIND_ALL : BEFORE_ALL);
    const rows = past
      ? await this.repository.findOver(viewerId, groupId, now.toISOString(), behind, limit + 1)
      : await this.repository.findToCome(
          viewerId,
          groupId,
          { now: now.toISOString(), earliest: earliestStart(now) },
          behind,
          limit + 1,
        );
    return this.pageOf(viewerId, rows, limit);
  }

  /** Events to come in all of the viewer's groups, the next first. */
  async own(viewerId: string, { from, to, cursor, limit }: OwnEventsQuery): Promise<EventPage> {
    const start = from ? new Date(from) : new Date();
    const end = to ? new Date(to) : new Date(start.getTime() + RANGE_DAYS * DAY_MS);
    const max = LIMITS.event.maxRangeDays;
    if (end.getTime() - start.getTime() > max * DAY_MS)
      throw invalidField('to', 'range-too-long', { max });
    const range = {
      from: start.toISOString(),
      to: end.toISOString(),
      earliest: earliestStart(start),
    };
    const behind = timeCursor(cursor) ?? BEFORE_ALL;
    const rows = await this.repository.findOwn(viewerId, range, behind, limit + 1);
    return this.pageOf(viewerId, rows, limit);
  }

  /** Those of these that the viewer may see, by id. */
  async byIds(viewerId: string, ids: string[]): Promise<Map<string, Event>> {
    return this.shown(viewerId, await this.repository.findByIds(viewerId, ids));
  }

  /** The next date of each series that the viewer may see, by the id of the series. */
  async bySeries(viewerId: string, seriesIds: string[]): Promise<Map<string, Event>> {
    if (!seriesIds.length) return new Map();
    const now = new Date().toISOString();
    const rows = await this.repository.findNextOf(viewerId, seriesIds, now);
    const events = await this.shown(viewerId, rows);
    return new Map([...events.values()].map((event) => [event.seriesId, event]));
  }

  private async shown(viewerId: string, rows: EventRow[]): Promise<Map<string, Event>> {
    const seen = rows.map(({ id }) => id);
    const creatorIds = rows.flatMap(({ creatorId }) => creatorId ?? []);
    const [options, hidden, cards] = await Promise.all([
      this.repository.findOptions(viewerId, seen),
      this.counts.hiddenAnswers(viewerId, seen),
      this.users.cards(viewerId, [...new Set(creatorIds)]),
    ]);
    const optionsOf = Map.groupBy(options, ({ eventId }) => eventId);
    return new Map(
      rows.map((row) => {
        const own = (optionsOf.get(row.id) ?? []).map((option) => toOption(option, hidden));
        return [row.id, toEvent(viewerId, row, cards.get(row.creatorId ?? ''), own)];
      }),
    );
  }

  private async pageOf(viewerId: string, rows: ListedEvent[], limit: number): Promise<EventPage> {
    const shown = rows.slice(0, limit);
    const events = await this.byIds(
      viewerId,
      shown.map(({ id }) => id),
    );
    const last = shown.at(-1);
    return {
      items: shown.flatMap(({ id }) => events.get(id) ?? []),
      nextCursor: rows.length > limit ? `${last!.startsAt}_${last!.id}` : null,
    };
  }
}

/** What began before has ended. */
const earliestStart = (now: Date): string =>
  new Date(now.getTime() - (LIMITS.event.maxDays + 1) * DAY_MS).toISOString();

function timeCursor(cursor: string | undefined): TimeCursor | null {
  if (cursor === undefined) return null;
  const [startsAt = '', id = ''] = cursor.split('_');
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(startsAt) ||
    Number.isNaN(Date.parse(startsAt)) ||
    !isUuid(id)
  )
    throw badCursor();
  return { startsAt, id: id.toLowerCase() };
}
