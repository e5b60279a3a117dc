import type { Measured } from './measure.ts';
import { nameOf, type Question } from './question.ts';
import type { StormMeasured } from './storms.ts';

/** The longest pause that one request may cause others. */
export const PAUSE_TARGET_MS = 15;
/** Reads during a storm take at most so many times as long, at p99. */
export const STORM_TARGET = 1.5;
/** A plan that flips takes this much longer than the other; below some milliseconds it is noise. */
const FLIP = 2;
const FLIP_FROM_MS = 5;

export interface Result {
  question: Question;
  before: Measured;
  after: Measured;
}

/** Prints the measurements and returns how many questions miss a target. */
export function printResults(results: Result[]): number {
  const columns = (cells: string[]) => cells.map((cell) => cell.padStart(8)).join('');
  const head = columns(['pause', 'longest', 'answer', 'longest', 'first']);
  console.log(`\n${' '.repeat(28)}before ANALYZE |${' '.repeat(27)}after ANALYZE (ms)`);
  console.log(`${head}  |${head}`);
  let missed = 0;
  for (const result of results) {
    const { question, before, after } = result;
    const cells = ({ pause, longestPause, median, longest, first }: Measured) =>
      columns([pause, longestPause, median, longest, first].map(ms));
    const notes = [question.about, jobsOf(result), garbageOf(result)].filter(Boolean);
    const marks = marksOf(result);
    if (marks.some((mark) => mark !== ONCE)) missed++;
    console.log(
      `${cells(before)}  |${cells(after)}   ${[nameOf(question), ...notes].join(' · ')}` +
        (marks.length ? `   ${marks.join(' ')}` : ''),
    );
  }
  printTwins(results);
  console.log(
    `\n${results.length} questions, ${missed} of them over ${PAUSE_TARGET_MS} ms or with a plan that flips.`,
  );
  return missed;
}

const ONCE = 'over once';

function marksOf({ before, after }: Result): string[] {
  const isOver = (pause: (measured: Measured) => number) =>
    Math.max(pause(before), pause(after)) > PAUSE_TARGET_MS;
  const hasFlipped =
    Math.max(before.median, after.median) > FLIP_FROM_MS &&
    (after.median > FLIP * before.median || before.median > FLIP * after.median);
  const marks = [];
  if (isOver(({ pause, jobsPause }) => Math.max(pause, jobsPause ?? 0))) marks.push('OVER');
  else if (isOver(({ longestPause }) => longestPause)) marks.push(ONCE);
  if (hasFlipped) marks.push('FLIPS');
  return marks;
}

const jobsOf = ({ before, after }: Result) =>
  before.jobsPause === null
    ? ''
    : `jobs' pause ${ms(before.jobsPause)} | ${ms(after.jobsPause ?? NaN)}`;

const garbageOf = ({ before, after }: Result) => {
  const gc = Math.max(before.gc, after.gc);
  return gc >= 1 ? `garbage ${ms(gc)}` : '';
};

function printTwins(results: Result[]): void {
  const hidden = results.filter(({ question }) => question.twin?.is === 'hidden');
  if (hidden.length)
    console.log('\nHidden beside absent, median answer before | after ANALYZE (ms):');
  for (const { question, before, after } of hidden) {
    const name = question.twin!.name;
    const absent = results.find(
      ({ question: { twin } }) => twin?.name === name && twin.is === 'absent',
    );
    if (!absent) continue;
    const beside = (one: Measured, other: Measured) =>
      `${ms(one.median)} and ${ms(other.median)} (${(one.median / other.median).toFixed(1)} times)`;
    console.log(
      `  ${name.padEnd(16)}${beside(before, absent.before)} | ${beside(after, absent.after)}`,
    );
  }
}

/** Prints how long reads took and returns how many storms miss a target. */
export function printStorms(storms: StormMeasured[]): number {
  if (!storms.length) return 0;
  console.log(
    `\nReads idle | while the storm is set off | while its jobs run (ms): p50, p99, longest pause, garbage of it`,
  );
  let missed = 0;
  for (const { name, target = STORM_TARGET, seconds, idle, settingOff, storm } of storms) {
    const ratio = storm.p99 / idle.p99;
    const isMissed = ratio > target || Math.max(settingOff.pause, storm.pause) > PAUSE_TARGET_MS;
    if (isMissed) missed++;
    const cells = ({ p50, p99, pause, gc }: StormMeasured['idle']) =>
      [p50, p99, pause, gc].map((value) => ms(value).padStart(7)).join('');
    console.log(
      `${[idle, settingOff, storm].map(cells).join('  |')}   ${name} · ${seconds.toFixed(1)} s, ${storm.count} reads · ` +
        `p99 ${Number.isNaN(ratio) ? '–' : ratio.toFixed(2)} times, at most ${target}${isMissed ? '   MISSED' : ''}`,
    );
  }
  return missed;
}

const ms = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(value < 100 ? 1 : 0));
