import { QUARTER_MS, quarterAt } from '../../platform/visits/visits.js';
import {
  beginningOf,
  clockOf,
  dayIn,
  daysBetween,
  placesIn,
  spansOf,
  weekdayOf,
} from './insight-times.js';

const ms = (iso: string) => Date.parse(iso);
const now = new Date('2026-03-01T00:30:00Z');

describe('the days of insights', () => {
  it('end with today in the zone, whatever day it is elsewhere', () => {
    expect(spansOf('week', 'UTC', now).map(({ from }) => from)).toEqual([
      '2026-02-23',
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(spansOf('week', 'America/New_York', now).at(-1)!.to).toBe('2026-02-28');
    const month = spansOf('month', 'Pacific/Auckland', now);
    expect(month).toHaveLength(30);
    expect(month.at(-1)).toEqual({ from: '2026-03-01', to: '2026-03-01' });
  });

  it('of a year are whole months', () => {
    const year = spansOf('year', 'UTC', now);
    expect(year).toHaveLength(12);
    expect(year[0]).toEqual({ from: '2025-04-01', to: '2025-04-30' });
    expect(year[10]).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(year[11]).toEqual({ from: '2026-03-01', to: '2026-03-31' });
  });

  it('of a post begin with its first and end with today, or when its views are no longer counted', () => {
    const from = new Date('2026-02-27T23:30:00Z');
    const days = (zone: string, most = 90) =>
      daysBetween(zone, from, now, most).map((span) => span.from);
    expect(days('UTC')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(days('Asia/Kathmandu')).toEqual(['2026-02-28', '2026-03-01']);
    expect(days('UTC', 2)).toEqual(['2026-02-27', '2026-02-28']);
  });

  it('begin where clocks begin them, also at quarter hours', () => {
    const beginning = (zone: string) =>
      new Date(beginningOf([{ from: '2026-03-01', to: '' }], zone) * QUARTER_MS).toISOString();
    expect(beginning('UTC')).toBe('2026-03-01T00:00:00.000Z');
    expect(beginning('Asia/Kathmandu')).toBe('2026-02-28T18:15:00.000Z');
    expect(beginning('America/St_Johns')).toBe('2026-03-01T03:30:00.000Z');
  });

  it('are found for every day', () => {
    const placeOf = placesIn(spansOf('year', 'UTC', now));
    const numbered = (day: string) => ms(`${day}T00:00:00Z`) / 86_400_000;
    expect(placeOf(numbered('2025-04-01'))).toBe(0);
    expect(placeOf(numbered('2026-03-31'))).toBe(11);
    expect(placeOf(numbered('2025-03-31'))).toBeUndefined();
    expect(weekdayOf(numbered('2026-03-01'))).toBe(7);
    expect(weekdayOf(numbered('2026-03-02'))).toBe(1);
  });
});

describe('a clock', () => {
  it('shows what the clocks of the zone show, also where they change', () => {
    for (const zone of [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
      'America/Santiago',
    ]) {
      const first = quarterAt(ms('2025-12-31T12:00:00Z'));
      const clock = clockOf(zone, first);
      const format = new Intl.DateTimeFormat('sv', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'short',
      });
      for (let quarter = first; quarter < first + 366 * 96; quarter += 7) {
        const { day, hour } = clock(quarter);
        const shown = `${new Date(day * 86_400_000).toISOString().slice(0, 10)} ${String(hour).padStart(2, '0')}`;
        const expected = format.format(quarter * QUARTER_MS).slice(0, 13);
        if (shown !== expected) throw new Error(`${zone}: ${shown} instead of ${expected}`);
      }
    }
  });

  it('says which day it is', () => {
    expect(dayIn('Pacific/Kiritimati', ms('2026-03-01T10:30:00Z'))).toBe('2026-03-02');
    expect(dayIn('Pacific/Niue', ms('2026-03-01T10:30:00Z'))).toBe('2026-02-28');
  });
});
