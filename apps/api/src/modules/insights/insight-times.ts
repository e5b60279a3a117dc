import type { InsightRange } from '@echomate/contracts/insights.dto';
import { Temporal } from 'temporal-polyfill';
import { QUARTER_MS, quarterAt } from '../../platform/visits/visits.js';
import { DAY_MS, HOUR_MS } from '../../platform/periods.js';

/** Days of a zone, both included. */
export interface Span {
  from: string;
  to: string;
}

/** What the clocks of a zone show. */
export interface LocalTime {
  /** Since the epoch */
  day: number;
  hour: number;
}

const DAYS = { week: 7, month: 30 };
const MONTHS_OF_YEAR = 12;

const inZone = (zone: string, ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayNumbered = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The days of the site are those of its server. */
export const siteZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day that it is in a zone. */
export const dayIn = (zone: string, ms: number): string =>
  inZone(zone, ms).toPlainDate().toString();

/** So many days before a day. */
export const dayBefore = (day: string, days: number): string => dayNumbered(numberOf(day) - days);

/** Single days up to and with the last one. */
const daysFrom = (first: number, last: number): Span[] =>
  Array.from({ length: last - first + 1 }, (_, at) => {
    const day = dayNumbered(first + at);
    return { from: day, to: day };
  });

export function spansOf(range: InsightRange, zone: string, now: Date): Span[] {
  const today = inZone(zone, now.getTime()).toPlainDate();
  const last = numberOf(today.toString());
  if (range !== 'year') return daysFrom(last - DAYS[range] + 1, last);
  const months = Array.from({ length: MONTHS_OF_YEAR }, (_, at) =>
    today.with({ day: 1 }).subtract({ months: MONTHS_OF_YEAR - 1 - at }),
  );
  return months.map((month) => ({
    from: month.toString(),
    to: month.with({ day: month.daysInMonth }).toString(),
  }));
}

/** The days of a zone between two moments, at most so many. */
export function daysBetween(zone: string, from: Date, to: Date, most: number): Span[] {
  const first = numberOf(dayIn(zone, from.getTime()));
  const last = numberOf(dayIn(zone, to.getTime()));
  return daysFrom(first, Math.max(first, Math.min(last, first + most - 1)));
}

/** The quarter hour in which the first of these days begins. */
export const beginningOf = ([first]: Span[], zone: string): number =>
  quarterAt(Temporal.PlainDate.from(first!.from).toZonedDateTime(zone).epochMilliseconds);

/**
 * What the clocks of a zone show in a quarter hour, if asked in the order of time from a first one on. A zone is asked
 * only where its clocks change: years have tens of thousands of quarter hours.
 */
export function clockOf(zone: string, first: number): (quarter: number) => LocalTime {
  let at = inZone(zone, first * QUARTER_MS);
  let next = at.getTimeZoneTransition('next');
  return (quarter) => {
    const ms = quarter * QUARTER_MS;
    while (next && next.epochMilliseconds <= ms) {
      at = next;
      next = at.getTimeZoneTransition('next');
    }
    const local = ms + at.offsetNanoseconds / 1_000_000;
    const day = Math.floor(local / DAY_MS);
    return { day, hour: Math.floor((local - day * DAY_MS) / HOUR_MS) };
  };
}

/** In which span a day is; undefined for days in none. */
export function placesIn(spans: Span[]): (day: number) => number | undefined {
  const places = new Map<number, number>();
  spans.forEach(({ from, to }, place) => {
    for (let day = numberOf(from); day <= numberOf(to); day++) places.set(day, place);
  });
  return (day) => places.get(day);
}

/** Monday is 1. */
export const weekdayOf = (day: number): number => ((day + 3) % 7) + 1;
