import type { Measured } from './measure.ts';
import { nameOf, type Question } from './question.ts';

/** Nobody waits longer for somebody else's request. */
export const PAUSE_TARGET_MS = 15;
/** A plan that flips takes this much longer than the other; below some milliseconds it is noise. */
const FLIP = 2;
const FLIP_FROM_MS = 5;

export interface Result {
  question: Question;
  before: Measured;
  after: Measured;
}

/** Prints what was measured and tells how many are over the target and how many have flipped. */
export function printResults(results: Result[]): { over: number; flipped: number } {
  const head = ['pause', 'median', 'longest', 'first'];
  const columns = (cells: string[]) => cells.map((cell) => cell.padStart(8)).join('');
  console.log(`\n${columns(head)}  |${columns(head)}   (ms, before | after ANALYZE)`);
  let over = 0;
  let flipped = 0;
  for (const { question, before, after } of results) {
    const marks = [];
    if (isOver(before) || isOver(after)) {
      marks.push('OVER');
      over++;
    }
    if (hasFlipped(before, after)) {
      marks.push('FLIPS');
      flipped++;
    }
    const cells = ({ pause, median, longest, first }: Measured) =>
      columns([pause, median, longest, first].map(ms));
    const jobs = [before, after].map(({ jobsPause }) => jobsPause);
    const gc = Math.max(before.gc, after.gc);
    console.log(
      `${cells(before)}  |${cells(after)}   ${nameOf(question)}${question.about && ` · ${question.about}`}` +
        (jobs[0] === null ? '' : ` · jobs ${jobs.map((pause) => ms(pause!)).join(' | ')}`) +
        (gc >= 1 ? ` · of it garbage ${ms(gc)}` : '') +
        (marks.length ? `   ${marks.join(' ')}` : ''),
    );
  }
  printTwins(results);
  return { over, flipped };
}

const isOver = ({ pause, jobsPause }: Measured) =>
  Math.max(pause, jobsPause ?? 0) > PAUSE_TARGET_MS;

const hasFlipped = (before: Measured, after: Measured) =>
  Math.max(before.median, after.median) > FLIP_FROM_MS &&
  (after.median > FLIP * before.median || before.median > FLIP * after.median);

function printTwins(results: Result[]): void {
  console.log('\nHidden beside absent, median before | after ANALYZE:');
  for (const { question, before, after } of results) {
    const { twin } = question;
    if (twin?.is !== 'hidden') continue;
    const absent = results.find(
      ({ question: other }) => other.twin?.name === twin.name && other.twin.is === 'absent',
    );
    if (!absent) continue;
    const beside = (hidden: Measured, other: Measured) =>
      `${ms(hidden.median)} and ${ms(other.median)} (${(hidden.median / other.median).toFixed(1)} times)`;
    console.log(
      `  ${twin.name.padEnd(16)}${beside(before, absent.before)} | ${beside(after, absent.after)}`,
    );
  }
}

const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0);
