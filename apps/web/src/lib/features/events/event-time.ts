import type { Event } from '@echomate/contracts/events.dto';
import { evenly, type Reader } from '#lib/reader.ts';

type When = Pick<Event, 'startsAt' | 'endsAt'>;

const made = new Map<string, Intl.DateTimeFormat>();
/** Whoever asks chooses the key. */
const MOST_KEPT = 500;

const formatFor = (
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat => {
  const key = JSON.stringify([locale, timeZone, options]);
  let format = made.get(key);
  if (!format) {
    if (made.size >= MOST_KEPT) made.clear();
    made.set(key, (format = new Intl.DateTimeFormat(locale, { timeZone, ...options })));
  }
  return format;
};

const DAY_AND_TIME = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const satisfies Intl.DateTimeFormatOptions;

/** Start and end by the clocks of a zone. */
export const whenIn = (zone: string, { startsAt, endsAt }: When, { locale }: Reader): string => {
  const format = formatFor(locale, zone, DAY_AND_TIME);
  const start = new Date(startsAt);
  return evenly(endsAt ? format.formatRange(start, new Date(endsAt)) : format.format(start));
};

/** Two zones with the same clocks need not both be shown. */
export const isElsewhere = (event: When & Pick<Event, 'zone'>, reader: Reader): boolean =>
  whenIn(event.zone, event, reader) !== whenIn(reader.zone, event, reader);

export const timeIn = (zone: string, iso: string, { locale }: Reader): string =>
  evenly(formatFor(locale, zone, { hour: 'numeric', minute: '2-digit' }).format(new Date(iso)));

/** For the small calendar leaf beside a title. */
export const leafIn = (zone: string, iso: string, { locale }: Reader) => ({
  month: formatFor(locale, zone, { month: 'short' }).format(new Date(iso)),
  day: formatFor(locale, zone, { day: 'numeric' }).format(new Date(iso)),
});

export const longDayIn = (zone: string, iso: string, { locale }: Reader): string =>
  formatFor(locale, zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(iso));

/** The day by the clocks of a zone, as `2027-05-14`. */
export const dayIn = (zone: string, iso: string): string =>
  formatFor('sv', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(iso),
  );

/** "Europe/Berlin" as people read it. */
export const zoneWords = (zone: string): string =>
  zone.replaceAll('_', ' ').split('/').reverse().join(', ');

// ——— months

export interface Month {
  year: number;
  /** From 0 */
  month: number;
}

export const monthNamed = (text: string | null, today: string): Month => {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text ?? '') ?? [];
  const [thisYear, thisMonth] = today.split('-');
  return { year: Number(year ?? thisYear), month: Number(month ?? thisMonth) - 1 };
};

export const nameOfMonth = ({ year, month }: Month): string =>
  new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7);

export const shifted = ({ year, month }: Month, by: number): Month => {
  const date = new Date(Date.UTC(year, month + by, 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() };
};

/** Whole weeks, from Monday, that show a month: days as `2027-05-14`. */
export const weeksOf = ({ year, month }: Month): string[][] => {
  const first = new Date(Date.UTC(year, month, 1));
  const monday = new Date(first.getTime() - ((first.getUTCDay() + 6) % 7) * 86_400_000);
  const days = Array.from({ length: 42 }, (_, index) =>
    new Date(monday.getTime() + index * 86_400_000).toISOString().slice(0, 10),
  );
  const weeks = Array.from({ length: 6 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  const name = nameOfMonth({ year, month });
  return weeks.filter((week) => week.some((day) => day.startsWith(name)));
};
