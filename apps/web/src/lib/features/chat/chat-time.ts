import { UNKNOWN_READER, type Reader } from '#lib/reader.ts';

const made = new Map<string, Intl.DateTimeFormat>();
const MOST_KEPT = 200;
const DAY_MS = 24 * 3600_000;

const FORMATS = {
  day: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  weekday: { weekday: 'short' },
  date: { day: 'numeric', month: 'short' },
  'date and year': { dateStyle: 'medium' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Versions of ICU differ in which space they put before AM and PM; server and browser must not. */
const evenly = (text: string) => text.replace(/[\u202f\u2009\u00a0]/g, ' ');

const say = (iso: string, kind: keyof typeof FORMATS, { locale, zone }: Reader) => {
  const key = `${kind} ${locale} ${zone}`;
  let known = made.get(key);
  if (!known) {
    if (made.size >= MOST_KEPT) made.clear();
    known = new Intl.DateTimeFormat(locale, { ...FORMATS[kind], timeZone: zone });
    made.set(key, known);
  }
  return evenly(known.format(new Date(iso)));
};

/** The day on which something was sent, as the reader writes it. */
export const dayOfMessage = (iso: string, reader: Reader = UNKNOWN_READER) =>
  say(iso, 'day', reader);

export const timeOfMessage = (iso: string, reader: Reader = UNKNOWN_READER) =>
  say(iso, 'time', reader);

/** As short as a list needs it: the time today, the weekday this week, else the date. */
export const shortTime = (iso: string, now: string, reader: Reader = UNKNOWN_READER) => {
  const isToday = dayOfMessage(iso, reader) === dayOfMessage(now, reader);
  if (isToday) return say(iso, 'time', reader);
  const age = Date.parse(now) - Date.parse(iso);
  if (age < 6 * DAY_MS) return say(iso, 'weekday', reader);
  return say(iso, age < 300 * DAY_MS ? 'date' : 'date and year', reader);
};
