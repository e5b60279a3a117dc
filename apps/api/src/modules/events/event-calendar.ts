import { setImmediate as nextTurn } from 'node:timers/promises';
import ical, { ICalEventStatus, type ICalCalendar } from 'ical-generator';
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

/** Kept by name, as each takes milliseconds to make. */
const zones = new Map<string, { name: string; block: string | null }>();

/** The library knows some zones by another of their names. */
function zoneOf(zone: string): { name: string; block: string | null } {
  let found = zones.get(zone);
  if (!found) {
    const [block = null, name = ''] = tzlib_get_ical_block(zone);
    zones.set(zone, (found = { name: name.replace('TZID=', ''), block }));
  }
  return found;
}

const local = (text: string) => Temporal.PlainDateTime.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

/** The same moment by the clocks of a zone. */
const within = (time: string, zone: string) =>
  instant(time).toZonedDateTimeISO(zone).toPlainDateTime();

const emptyCalendar = (name: string): ICalCalendar =>
  ical({
    name,
    prodId: { company: 'Echomate', product: 'Events', language: 'EN' },
    timezone: { name: null, generator: (zone) => zoneOf(zone).block },
  });

const FIRST_EVENT = '\r\nBEGIN:VEVENT\r\n';
const END = '\r\nEND:VCALENDAR';
/** Writing one takes part of a millisecond. */
const EVENTS_AT_ONCE = 5;

/** The rows of `findForCalendar` as RFC 5545. Long calendars are written in portions, so that others can go on. */
export async function calendarOf(rows: EventRow[], place: CalendarPlace): Promise<string> {
  const head = emptyCalendar(place.name);
  if (!rows.length) return head.toString();
  const usedZones = new Set<string | null>();
  const written: string[] = [];
  for (let at = 0; at < rows.length; at += EVENTS_AT_ONCE) {
    const part = emptyCalendar(place.name);
    for (const row of rows.slice(at, at + EVENTS_AT_ONCE)) addTo(part, row, place);
    for (const event of part.events()) usedZones.add(event.timezone());
    const text = part.toString();
    written.push(text.slice(text.indexOf(FIRST_EVENT), text.lastIndexOf(END)));
    await nextTurn();
  }
  // Zones stand before all events, and the library writes those that events are in.
  for (const timezone of usedZones)
    head.createEvent({ start: local(rows[0]!.startsLocal), timezone });
  const text = head.toString();
  return [
    text.slice(0, text.indexOf(FIRST_EVENT)),
    ...written,
    text.slice(text.lastIndexOf(END)),
  ].join('');
}

/**
 * A series has one id for ever; what differs from its pattern is told apart by the start that the pattern gives it, and
 * what the pattern has lost has an id of its own.
 */
function addTo(calendar: ICalCalendar, row: EventRow, { host, urlOf }: CalendarPlace): void {
  const common = {
    summary: row.title,
    description: row.description || null,
    location: row.place,
    url: urlOf(row.id),
    stamp: instant(row.changedAt),
    created: instant(row.createdAt),
    lastModified: instant(row.changedAt),
    sequence: row.sequence,
    status: row.cancelledAt ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  };
  const isInPattern = row.repeats !== null && row.recurrence !== null;
  if (!isInPattern)
    calendar.createEvent({
      ...common,
      id: `${row.repeats === null ? row.seriesId : row.id}@${host}`,
      timezone: zoneOf(row.zone).name,
      start: local(row.startsLocal),
      end: row.endsLocal ? local(row.endsLocal) : null,
    });
  else {
    const timezone = zoneOf(row.patternZone).name;
    const id = `${row.seriesId}@${host}`;
    if (row.recurrence === row.patternStart)
      calendar.createEvent({
        ...common,
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
        ...common,
        id,
        timezone,
        recurrenceId: local(row.recurrence!),
        start: within(row.startsAt, row.patternZone),
        end: row.endsAt ? within(row.endsAt, row.patternZone) : null,
      });
  }
}
