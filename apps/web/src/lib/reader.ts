/** How the reader writes times and numbers. */
export interface Reader {
  locale: string;
  zone: string;
}

/** What is invalidated when the browser's zone is another than the server knew. */
export const READER = 'reader:zone';

export const ZONE_COOKIE = 'echomate_zone';

/** Until the browser has told its zone, with the zone's name beside each time. */
export const UNKNOWN_READER: Reader = { locale: 'en', zone: 'UTC' };

interface Formats {
  exact: Intl.DateTimeFormat;
  relative: Intl.RelativeTimeFormat;
  day: Intl.DateTimeFormat;
  dayOfMoment: Intl.DateTimeFormat;
  month: Intl.DateTimeFormat;
  number: Intl.NumberFormat;
}

/** Making them takes a hundred times as long as using them. */
const made = new Map<string, Formats>();
/** Whoever asks chooses the key. */
const MOST_KEPT = 500;

const formatsFor = ({ locale, zone }: Reader): Formats => {
  const key = `${locale} ${zone}`;
  const known = made.get(key);
  if (known) return known;
  if (made.size >= MOST_KEPT) made.clear();
  const formats = {
    exact: new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: zone,
    }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    dayOfMoment: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }),
    month: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: zone }),
    number: new Intl.NumberFormat(locale),
  };
  made.set(key, formats);
  return formats;
};

/** Versions of ICU differ in which space they put before AM and PM; server and browser must not. */
export const evenly = (text: string) => text.replace(/[\u202f\u2009\u00a0]/g, ' ');

export const exactTime = (iso: string, reader: Reader) => {
  const time = evenly(formatsFor(reader).exact.format(new Date(iso)));
  return reader.zone === UNKNOWN_READER.zone ? `${time} UTC` : time;
};

const STEPS = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** "3 hours ago" */
export const relativeTime = (iso: string, now: string, reader: Reader) => {
  const { relative } = formatsFor(reader);
  const seconds = (Date.parse(now) - Date.parse(iso)) / 1000;
  for (const [unit, length] of STEPS) {
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit);
  }
  return relative.format(0, 'second');
};

/** A date without a time is the same day everywhere. */
export const dayOf = (iso: string, reader: Reader) => formatsFor(reader).day.format(new Date(iso));

/** The day of a moment is that of the reader's clock. */
export const dayOfMoment = (iso: string, reader: Reader) =>
  formatsFor(reader).dayOfMoment.format(new Date(iso));

export const monthOf = (iso: string, reader: Reader) =>
  formatsFor(reader).month.format(new Date(iso));

export const numberOf = (count: number, reader: Reader) => formatsFor(reader).number.format(count);

const BYTE_UNITS = [
  [1e9, 'GB'],
  [1e6, 'MB'],
] as const;

/** To the tenth of a megabyte or gigabyte; less than that in whole kilobytes. */
export const bytesWords = (bytes: number, reader: Reader) => {
  const [size, unit] = BYTE_UNITS.find(([least]) => bytes >= least) ?? [];
  return size
    ? `${numberOf(Math.round((bytes / size) * 10) / 10, reader)} ${unit}`
    : `${numberOf(Math.ceil(bytes / 1e3), reader)} kB`;
};
