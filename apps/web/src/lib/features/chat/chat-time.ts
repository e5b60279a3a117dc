import { UNKNOWN_READER, type Reader } from '#lib/reader.ts';

const made = new Map<string, Intl.DateTimeFormat>();
const MOST_KEPT = 200;

const format = ({ locale, zone }: Reader, kind: 'day' | 'time') => {
  const key = `${kind} ${locale} ${zone}`;
  let known = made.get(key);
  if (!known) {
    if (made.size >= MOST_KEPT) made.clear();
    known = new Intl.DateTimeFormat(locale, {
      ...(kind === 'day' ? { dateStyle: 'full' } : { timeStyle: 'short' }),
      timeZone: zone,
    });
    made.set(key, known);
  }
  return known;
};

/** Versions of ICU differ in which space they put before AM and PM; server and browser must not. */
const evenly = (text: string) => text.replace(/[\u202f\u2009\u00a0]/g, ' ');

/** The day on which something was sent, as the reader writes it. */
export const dayOfMessage = (iso: string, reader: Reader = UNKNOWN_READER) =>
  evenly(format(reader, 'day').format(new Date(iso)));

export const timeOfMessage = (iso: string, reader: Reader = UNKNOWN_READER) =>
  evenly(format(reader, 'time').format(new Date(iso)));
