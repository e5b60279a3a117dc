import { DAY_MS } from '../../platform/periods.js';

const WEEK_MS = 7 * DAY_MS;
const AT_LEAST = 3;

/** How many weeks before the last one say what is usual. */
export const WEEKS_BEFORE = 3;

/** In which of the last weeks something was, 0 for the last seven days. */
export const weekOf = (moment: number, now: number): number =>
  Math.floor(Math.max(0, now - moment) / WEEK_MS);

/** When the last `weeks` weeks began. */
export const weeksAgo = (weeks: number, now: number): number => now - weeks * WEEK_MS;

/**
 * How much more people than usual: the difference between this week and the average week before, against how far such
 * numbers vary by chance. Zero is no trend. See docs/discovery.md.
 */
export function trendScore(thisWeek: number, before: number[]): number {
  const usual = before.reduce((sum, people) => sum + people, 0) / WEEKS_BEFORE;
  if (thisWeek < AT_LEAST || thisWeek <= usual) return 0;
  return (thisWeek - usual) / Math.sqrt(thisWeek + usual);
}

/** Numbers of different people by week, the last week first. */
export function peopleByWeek(uses: { authorId: string; at: number }[], now: number): number[] {
  const weeks = Array.from({ length: 1 + WEEKS_BEFORE }, () => new Set<string>());
  for (const { authorId, at } of uses) weeks[weekOf(at, now)]?.add(authorId);
  return weeks.map(({ size }) => size);
}
