import type { Repetition } from '@echomate/contracts/events.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { invalidField } from '../../platform/http/problem.js';
import { DAY_MS, HOUR_MS } from '../../platform/periods.js';

/** When an event takes place, as people say it: by the clocks of a zone. */
export interface LocalTimes {
  zone: string;
  start: string;
  end: string | null;
}

/** The same as moments. */
export interface Times extends LocalTimes {
  startsAt: string;
  endsAt: string | null;
  overAt: string;
}

export interface Pattern extends LocalTimes {
  repeats: Repetition | null;
  until: string | null;
}

const local = (text: string) => Temporal.PlainDateTime.from(text);
const written = (time: Temporal.PlainDateTime) => time.toString({ smallestUnit: 'minute' });

/**
 * A time that clocks skip is an hour later, and one that they show twice is the first of the two, as RFC 5545 says, so
 * calendars agree.
 */
const moment = (time: string, zone: string) => local(time).toZonedDateTime(zone).toInstant();

const isoOf = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds).toISOString();

export function timesOf({ zone, start, end }: LocalTimes): Times {
  const startsAt = isoOf(moment(start, zone));
  const endsAt = end === null ? null : isoOf(moment(end, zone));
  return { zone, start, end, startsAt, endsAt, overAt: endsAt ?? startsAt };
}

/** The names of zones in one spelling. */
export const zoneNamed = (zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;

/** The end moves with the start. */
export const movedEnd = ({ start, end }: LocalTimes, to: string): string | null =>
  end && written(local(to).add(local(start).until(local(end))));

/** Refuses times that nobody can mean. */
export function assertSensible(times: LocalTimes, now: Date): void {
  const { zone, start, end } = times;
  if (!exists(start, zone)) throw invalidField('start', 'no-such-time');
  if (end && !exists(end, zone)) throw invalidField('end', 'no-such-time');
  const { startsAt, endsAt } = timesOf(times);
  const startMs = Date.parse(startsAt);
  if (startMs <= now.getTime()) throw invalidField('start', 'in-the-past');
  const max = LIMITS.event.maxYearsAhead;
  if (startMs > now.getTime() + max * 365.25 * DAY_MS)
    throw invalidField('start', 'too-far-ahead', { max });
  if (!endsAt) return;
  if (Date.parse(endsAt) <= startMs) throw invalidField('end', 'ends-before-start');
  if (Date.parse(endsAt) - startMs > LIMITS.event.maxDays * DAY_MS)
    throw invalidField('end', 'lasts-too-long', { max: LIMITS.event.maxDays });
}

export function assertRepeats({ start, repeats, until }: Pattern): void {
  if (!repeats) {
    if (until) throw invalidField('until', 'repeats-not');
    return;
  }
  if (!until) throw invalidField('until', 'repeats-until-when');
  const days = local(start).toPlainDate().until(Temporal.PlainDate.from(until)).days;
  if (days <= 0) throw invalidField('until', 'until-before-start');
  if (days > LIMITS.event.maxRepeatDays)
    throw invalidField('until', 'repeats-too-long', { max: LIMITS.event.maxRepeatDays });
}

/** All dates of a pattern: their starts and ends by the clocks of its zone. */
export function datesOf(pattern: Pattern): LocalTimes[] {
  const { zone, start, end } = pattern;
  if (!pattern.repeats) return [{ zone, start, end }];
  // Clocks that change do not matter to days and times as they are shown; without them it is ten times faster.
  return recurrence(pattern, 'UTC')
    .all()
    .map((date) => {
      const at = written(date.toPlainDateTime());
      return { zone, start: at, end: movedEnd(pattern, at) };
    });
}

/** The pattern as calendars read it: an RRULE. */
export const recurrenceRule = (pattern: Pattern): string =>
  recurrence(pattern, pattern.zone)
    .toString()
    .split('\n')
    .find((line) => line.startsWith('RRULE:'))!;

/** On the 31st means on the last day of every month; a month without a 29th or 30th has no date. */
function recurrence({ start, repeats, until }: Pattern, zone: string): RRuleTemporal {
  const first = local(start);
  const lastMoment = Temporal.PlainDate.from(until!)
    .toPlainDateTime({ hour: 23, minute: 59 })
    .toZonedDateTime(zone);
  return new RRuleTemporal({
    dtstart: first.toZonedDateTime(zone),
    until: lastMoment.withTimeZone('UTC'),
    freq: repeats === 'weekly' ? 'WEEKLY' : 'MONTHLY',
    ...(repeats === 'monthly' && first.day === 31 && { byMonthDay: [-1] }),
  });
}

const exists = (time: string, zone: string): boolean =>
  local(time).toZonedDateTime(zone).toPlainDateTime().equals(local(time));

// ——— reminders

export type ReminderTime = 'day' | 'hour';

const BEFORE_MS: Record<ReminderTime, number> = { day: DAY_MS, hour: HOUR_MS };

/** When those who are coming are to be reminded next. */
export function nextReminderAt(startsAt: string, now: Date): string | null {
  const start = Date.parse(startsAt);
  const before = [BEFORE_MS.day, BEFORE_MS.hour].find((ms) => start - ms > now.getTime());
  return before === undefined ? null : new Date(start - before).toISOString();
}

/** Which reminder is due; none if the event has begun, and an hour before it the day's is late. */
export function dueReminder(startsAt: string, now: Date): ReminderTime | null {
  const left = Date.parse(startsAt) - now.getTime();
  if (left <= 0) return null;
  return left <= BEFORE_MS.hour ? 'hour' : left <= BEFORE_MS.day ? 'day' : null;
}
