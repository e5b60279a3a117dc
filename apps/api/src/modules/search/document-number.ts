import { Temporal } from 'temporal-polyfill';

/** 1 January 2020, so that numbers stay exact until 2089. */
const START = Date.UTC(2020, 0, 1);
const PER_MILLISECOND = 4096;

const numberAt = (ms: number): number => Math.max(0, ms - START) * PER_MILLISECOND;

/** The lowest number of a document with this id: a UUIDv7 begins with its milliseconds. */
export const numberOf = (id: string): number =>
  numberAt(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));

/** The lowest number of a day in a zone, or of one that is so many days later. */
export const numberOfDay = (day: string, zone: string, daysLater = 0): number =>
  numberAt(
    Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime(zone).epochMilliseconds,
  );

export const LAST_NUMBER = Number.MAX_SAFE_INTEGER;
