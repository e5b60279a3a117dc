import { bytesWords, dayOf, dayOfMoment, exactTime, numberOf, relativeTime } from './reader.ts';
import { localeIn, zoneOf } from './server/reader.ts';

const BRITON = { locale: 'en-GB', zone: 'Europe/London' };
const GERMAN = { locale: 'de-DE', zone: 'Europe/Berlin' };
const NEW_YORKER = { locale: 'en-US', zone: 'America/New_York' };
const AT = '2026-07-01T22:05:00.000Z';

it('times are in the zone and the language of the reader', () => {
  expect(exactTime(AT, BRITON)).toBe('1 Jul 2026, 23:05');
  expect(exactTime(AT, GERMAN)).toBe('02.07.2026, 00:05');
  expect(exactTime(AT, NEW_YORKER)).toBe('Jul 1, 2026, 6:05 PM');
});

it('a zone that is not known is named', () => {
  expect(exactTime(AT, { locale: 'en-GB', zone: 'UTC' })).toBe('1 Jul 2026, 22:05 UTC');
});

it.each([
  ['2026-07-01T22:04:30.000Z', 'now', 'jetzt'],
  ['2026-07-01T21:05:00.000Z', '1 hour ago', 'vor 1 Stunde'],
  ['2026-06-30T21:05:00.000Z', 'yesterday', 'gestern'],
  ['2026-05-01T21:05:00.000Z', '2 months ago', 'vor 2 Monaten'],
])('%s is %s', (iso, english, german) => {
  expect(relativeTime(iso, AT, BRITON)).toBe(english);
  expect(relativeTime(iso, AT, GERMAN)).toBe(german);
});

it('a date is the same day everywhere', () => {
  expect(dayOf('1990-12-31', NEW_YORKER)).toBe('December 31, 1990');
  expect(dayOf('1990-12-31', GERMAN)).toBe('31. Dezember 1990');
});

it('numbers are grouped as the reader does', () => {
  expect(numberOf(12_345, NEW_YORKER)).toBe('12,345');
  expect(numberOf(12_345, GERMAN)).toBe('12.345');
});

it.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
  ['en', 'en'],
  ['*', undefined],
  ['', undefined],
  [null, undefined],
  ['<script>', undefined],
  [`en-${'x'.repeat(500)}`, undefined],
])('the language of %s is %s', (accepted, locale) => {
  expect(localeIn(accepted)).toBe(locale);
});

it.each([
  ['Europe/Prague', 'Europe/Prague'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['Mars/Olympus', undefined],
  ['"><script>', undefined],
  [undefined, undefined],
])('the zone %s is %s', (named, zone) => {
  expect(zoneOf(named)).toBe(zone);
});

it('a moment is on the day of the reader', () => {
  expect(dayOfMoment(AT, BRITON)).toBe('1 July 2026');
  expect(dayOfMoment(AT, GERMAN)).toBe('2. Juli 2026');
});

it.each([
  [1, '1 kB', '1 kB'],
  [345_600, '346 kB', '346 kB'],
  [12_345_678, '12.3 MB', '12,3 MB'],
  [1_000_000_000, '1 GB', '1 GB'],
])('%s bytes are %s', (bytes, english, german) => {
  expect(bytesWords(bytes, NEW_YORKER)).toBe(english);
  expect(bytesWords(bytes, GERMAN)).toBe(german);
});
