import { shortTime } from './chat-time.ts';

const reader = { locale: 'en-GB', zone: 'Europe/Berlin' };
const NOW = '2027-03-10T12:00:00Z';

it.each([
  ['2027-03-10T07:05:00Z', '08:05'],
  ['2027-03-09T23:30:00Z', '00:30'],
  ['2027-03-09T22:30:00Z', 'Tue'],
  ['2027-03-05T12:00:00Z', 'Fri'],
  ['2027-03-03T12:00:00Z', '3 Mar'],
  ['2025-03-03T12:00:00Z', '3 Mar 2025'],
])('%s is %s in a list', (iso, expected) => {
  expect(shortTime(iso, NOW, reader)).toBe(expected);
});
