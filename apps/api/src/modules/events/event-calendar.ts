import ical, { ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { recurrenceRule } from './event-times.js';
import type { EventRow } from './events.repository.js';

/** What the addresses and ids in a calendar are made of. */
export interface CalendarPlace {
  name: string;
  host: string;
  urlOf: (eventId: string) => string;
}

/** The library knows some zones by another of their names. */
const calendarZone = (zone: string): string =>
  (tzlib_get_ical_block(zone)[1] ?? '').replace('TZID=', '');

const local = (text: string) => Temporal.PlainDateTime.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

/** The same moment by the clocks of a zone. */
const within = (time: string, zone: string) =>
  instant(time).toZonedDateTimeISO(zone).toPlainDateTime();

/**
 * The rows of `findForCalendar` as RFC 5545. A series has one id for ever; what differs from its pattern is told apart
 * by the start that the pattern gives it, and what the pattern has lost has an id of its own.
 */
export function calendarOf(rows: EventRow[], { name, host, urlOf }: CalendarPlace): string {
  const calendar = ical({
    name,
    prodId: { company: 'Echomate', product: 'Events', language: 'EN' },
    timezone: { name: null, generator: (zone) => tzlib_get_ical_block(zone)[0] ?? null },
  });
  const common = (row: EventRow) => ({
    summary: row.title,
    description: row.description || null,
    location: row.place,
    url: urlOf(row.id),
    stamp: instant(row.changedAt),
    created: instant(row.createdAt),
    lastModified: instant(row.changedAt),
    sequence: row.sequence,
    status: row.cancelledAt ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  for (const row of rows) {
    const isInPattern = row.repeats !== null && row.recurrence !== null;
    if (!isInPattern)
      calendar.createEvent({
        ...common(row),
        id: `${row.repeats === null ? row.seriesId : row.id}@${host}`,
        timezone: calendarZone(row.zone),
        start: local(row.startsLocal),
        end: row.endsLocal ? local(row.endsLocal) : null,
      });
    else {
      const timezone = calendarZone(row.patternZone);
      const id = `${row.seriesId}@${host}`;
      if (row.recurrence === row.patternStart)
        calendar.createEvent({
          ...common(row),
          id,
          timezone,
          status: ICalEventStatus.CONFIRMED,
          start: local(row.patternStart),
          end: row.patternEnd ? local(row.patternEnd) : null,
          repeating: recurrenceRule({
            zone: row.patternZone,
            start: row.patternStart,
            end: row.patternEnd,
            repeats: row.repeats,
            until: row.until,
          }),
        });
      if (row.isMoved || row.cancelledAt)
        calendar.createEvent({
          ...common(row),
          id,
          timezone,
          recurrenceId: local(row.recurrence!),
          start: within(row.startsAt, row.patternZone),
          end: row.endsAt ? within(row.endsAt, row.patternZone) : null,
        });
    }
  }
  return calendar.toString();
}
