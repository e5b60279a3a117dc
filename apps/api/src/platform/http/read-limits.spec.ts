import { jest } from '@jest/globals';
import { ReadLimits, READS } from './read-limits.js';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

const times = (count: number, read: () => number | null) =>
  Array.from({ length: count }, read).filter((wait) => wait !== null).length;

it('slows down an account, tells how long, and forgets after a minute', () => {
  const limits = new ReadLimits();
  const read = () => limits.count('data', 'home', 'ada');
  jest.setSystemTime(1000);
  expect(times(READS.data.perAccount, read)).toBe(0);
  jest.setSystemTime(31_000);
  expect(read()).toBe(30_000);
  expect(limits.count('data', 'home', 'bruno')).toBeNull();
  jest.setSystemTime(61_000);
  expect(read()).toBeNull();
});

it('slows down an address, whoever is signed in there', () => {
  const limits = new ReadLimits();
  let person = 0;
  const read = () => limits.count('data', 'school', `person ${person++ % 50}`);
  expect(times(READS.data.perAddress, read)).toBe(0);
  expect(limits.count('data', 'school', 'someone new')).not.toBeNull();
  expect(limits.count('data', 'home', 'someone new')).toBeNull();
});

it('counts pictures apart', () => {
  const limits = new ReadLimits();
  expect(times(READS.data.perAccount + 1, () => limits.count('data', 'home', 'ada'))).toBe(1);
  expect(times(READS.pictures.perAccount, () => limits.count('pictures', 'home', 'ada'))).toBe(0);
});
