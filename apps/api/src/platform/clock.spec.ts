import { v7 as uuid } from 'uuid';
import { setClock } from './clock.js';

const real = globalThis.Date;
afterEach(() => {
  globalThis.Date = real;
});

it('moves times and ids, and goes on', async () => {
  const inMarch = Date.UTC(2026, 2, 8, 19, 30);
  setClock(inMarch);
  expect(new Date().toISOString()).toMatch(/^2026-03-08T19:30:00/);
  expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(Date.now()).toBeGreaterThanOrEqual(inMarch + 10);
  expect(Date.now()).toBeLessThan(inMarch + 10_000);
  expect(new Date()).toBeInstanceOf(real);
  expect(new real()).toBeInstanceOf(Date);
});

it('counts whole milliseconds', () => {
  setClock(Date.UTC(2026, 2, 8) + 0.25);
  expect(Number.isInteger(Date.now())).toBe(true);
});

it('gives ids in the order of the moments', () => {
  setClock(real.now() + 3600_000);
  const earlier = uuid();
  setClock(real.now() + 7200_000);
  expect(uuid() > earlier).toBe(true);
});
