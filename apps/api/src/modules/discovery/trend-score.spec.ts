import { peopleByWeek, trendScore, weekOf } from './trend-score.js';

const NOW = Date.parse('2026-05-29T12:00:00Z');
const daysAgo = (days: number) => NOW - days * 24 * 3600_000;

describe('the score of a hashtag', () => {
  it.each([
    [3, [0, 0, 0], Math.sqrt(3)],
    [30, [10, 10, 10], 20 / Math.sqrt(40)],
    [12, [3, 0, 0], 11 / Math.sqrt(13)],
    // What is used by as many as always is no trend, and neither is what few use.
    [100, [100, 100, 100], 0],
    [5, [9, 9, 9], 0],
    [2, [0, 0, 0], 0],
  ])('%d this week, %j before → %d', (thisWeek, before, score) => {
    expect(trendScore(thisWeek, before)).toBeCloseTo(score);
  });

  it('puts many more people above a few new ones', () => {
    expect(trendScore(30, [10, 10, 10])).toBeGreaterThan(trendScore(3, [0, 0, 0]));
  });

  it('counts people, not posts, week by week', () => {
    const uses = [
      ...Array.from({ length: 100 }, () => ({ authorId: 'ada', at: daysAgo(1) })),
      { authorId: 'bruno', at: daysAgo(6.9) },
      { authorId: 'bruno', at: daysAgo(7.1) },
      { authorId: 'ada', at: daysAgo(27.9) },
      { authorId: 'chidi', at: daysAgo(28.1) },
    ];
    expect(peopleByWeek(uses, NOW)).toEqual([2, 1, 0, 1]);
    expect(weekOf(daysAgo(-1), NOW)).toBe(0);
  });
});
