import { nextAtHour, quietUntil } from './notification-times.js';

const BERLIN = { zone: 'Europe/Berlin', from: '22:00', to: '07:00' };
const until = (hours: typeof BERLIN, moment: string) => quietUntil(hours, new Date(moment));

describe('quiet hours', () => {
  it('go over midnight, from the first minute to the one before the last', () => {
    expect(until(BERLIN, '2026-06-10T19:59:59Z')).toBeNull();
    expect(until(BERLIN, '2026-06-10T20:00:00Z')).toBe('2026-06-11T05:00:00.000Z');
    expect(until(BERLIN, '2026-06-11T04:59:59Z')).toBe('2026-06-11T05:00:00.000Z');
    expect(until(BERLIN, '2026-06-11T05:00:00Z')).toBeNull();
  });

  it('can be in the middle of the day', () => {
    const lunch = { zone: 'Asia/Kolkata', from: '12:30', to: '14:00' };
    expect(until(lunch, '2026-06-10T06:59:00Z')).toBeNull();
    expect(until(lunch, '2026-06-10T07:00:00Z')).toBe('2026-06-10T08:30:00.000Z');
    expect(until(lunch, '2026-06-10T08:30:00Z')).toBeNull();
  });

  it('are an hour shorter in the night when clocks go forward, and longer when they go back', () => {
    expect(until(BERLIN, '2026-03-28T21:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(until(BERLIN, '2026-10-24T20:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('end once where clocks show their end twice', () => {
    const short = { ...BERLIN, to: '02:30' };
    expect(until(short, '2026-10-25T00:29:00Z')).toBe('2026-10-25T00:30:00.000Z');
    // Clocks show 02:10 for the second time.
    expect(until(short, '2026-10-25T01:10:00Z')).toBeNull();
  });

  it('end an hour later where clocks skip their end', () => {
    const short = { ...BERLIN, to: '02:30' };
    expect(until(short, '2026-03-29T01:29:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(until(short, '2026-03-29T01:30:00Z')).toBeNull();
  });

  it('know zones far from UTC, where it is another day', () => {
    const far = { zone: 'Pacific/Auckland', from: '21:00', to: '06:00' };
    expect(until(far, '2026-06-10T09:00:00Z')).toBe('2026-06-10T18:00:00.000Z');
    expect(until(far, '2026-06-10T08:59:00Z')).toBeNull();
  });
});

describe('the next time at an hour', () => {
  const next = (hour: number, zone: string, moment: string) =>
    nextAtHour(hour, zone, new Date(moment));

  it('is today, or else tomorrow', () => {
    expect(next(8, 'Europe/Berlin', '2026-06-10T05:59:59Z')).toBe('2026-06-10T06:00:00.000Z');
    expect(next(8, 'Europe/Berlin', '2026-06-10T06:00:00Z')).toBe('2026-06-11T06:00:00.000Z');
    expect(next(8, 'America/Los_Angeles', '2026-06-10T06:00:00Z')).toBe('2026-06-10T15:00:00.000Z');
  });

  it('stays at that hour when clocks change', () => {
    expect(next(8, 'Europe/Berlin', '2026-03-28T07:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(next(8, 'Europe/Berlin', '2026-10-24T06:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
  });

  it('comes every day, also if clocks skip it, and once if they show it twice', () => {
    expect(next(2, 'Europe/Berlin', '2026-03-29T00:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(next(2, 'Europe/Berlin', '2026-03-29T01:00:00Z')).toBe('2026-03-30T00:00:00.000Z');
    expect(next(2, 'Europe/Berlin', '2026-10-24T23:00:00Z')).toBe('2026-10-25T00:00:00.000Z');
    expect(next(2, 'Europe/Berlin', '2026-10-25T00:00:00Z')).toBe('2026-10-26T01:00:00.000Z');
  });
});
