import type { BusyDay, PeopleOverTime } from '@echomate/contracts/insights.dto';
import { LIMITS } from '@echomate/contracts/limits';
import type { Span } from './insight-times.js';

const FEW = LIMITS.insights.few;

/** A number of viewers as it may be told: null for few, but somebody. */
export const told = (people: number): number | null =>
  people === 0 || people >= FEW ? people : null;

const sumOf = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/**
 * The exact total is told unless, with what is told of the spans, it leaves no doubt about one with few people: if those
 * are few altogether, or nearly as few or as many as there can be. More than one number gets such an answer, so that
 * it leaves doubt itself.
 */
export function overTime(spans: Span[], people: number[]): PeopleOverTime {
  const few = people.filter((count) => told(count) === null);
  const sum = sumOf(people);
  const sumOfFew = sumOf(few);
  const most = few.length * (FEW - 1);
  const isTelling =
    few.length > 0 && (sumOfFew < FEW || sumOfFew <= few.length + 1 || sumOfFew >= most - 1);
  const isAtLeast = sum >= FEW && isTelling;
  return {
    total: isAtLeast ? Math.max(FEW, sum - sumOfFew + few.length) : told(sum),
    isAtLeast,
    spans: spans.map((span, at) => ({ ...span, count: told(people[at]!) })),
  };
}

const LEVELS = 4;

/** Hours of weekdays, from Monday on, compared with the busiest one. Hours with few people are quiet. */
export function busyDays(people: number[][]): BusyDay[] | null {
  const most = Math.max(...people.flat());
  if (most < FEW) return null;
  const levelOf = (count: number) => (count < FEW ? 0 : Math.ceil((count / most) * LEVELS));
  return people.map((hours, at) => ({ weekday: at + 1, levels: hours.map(levelOf) }));
}
