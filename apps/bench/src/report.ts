import { availableParallelism, cpus } from 'node:os';
import type { Comparison, Pair, Side } from './compare.ts';
import type { Entry } from './entry.ts';

export function printEnvironment(databaseUrl: string | undefined): void {
  console.log(
    `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ` +
      `${databaseUrl ? 'PostgreSQL' : 'SQLite'}.\n` +
      'The load comes from the same machine, in a process of its own. With few cores it and the ' +
      'server compete; trust ratios, not absolute figures, and cpu/answer where the two disagree.',
  );
}

/** How many times as long as the fastest kind of an entry's requests the slowest may take. */
const KINDS_APART = 3;

const row = (...cells: string[]) =>
  console.log(
    `  ${cells[0]!.padEnd(16)}${cells
      .slice(1)
      .map((cell) => cell.padStart(12))
      .join('')}`,
  );

/** Prints what was measured and returns whether the target, if there is one, is met. */
export function printComparison(entry: Entry, comparison: Comparison): boolean {
  const { pairs, flood, statements } = comparison;
  console.log(`\n${entry.name}\n  ${entry.about}`);
  let isMet = true;
  for (const [kind, pair] of Object.entries(pairs))
    isMet = printPair(entry, kind, pair, comparison.isGrowth) && isMet;
  if (Object.keys(pairs).length > 1) isMet = printKinds(pairs) && isMet;
  const routes = [...statements];
  console.log(
    `  SQL statements per request: ${
      routes.length === 1
        ? routes[0]![1]
        : routes.map(([route, count]) => `${count} for ${route}`).join(', ')
    }`,
  );
  if (flood)
    console.log(`  the flood: ${flood[200] ?? 0} answered (200), ${flood[503] ?? 0} refused (503)`);
  return isMet;
}

function printPair(
  entry: Entry,
  kind: string,
  { reference, subject }: Pair,
  isGrowth: boolean,
): boolean {
  console.log('');
  row(kind, 'req/s', 'p50', 'p99', 'cpu/answer');
  for (const side of [reference, subject]) {
    row(
      side.name,
      number(of(side, 'perSecond')),
      `${number(of(side, 'p50'))} ms`,
      `${number(of(side, 'p99'))} ms`,
      micros(of(side, 'cpuMicros')),
    );
  }
  // Adjacent rounds are compared, so that a machine that slows down affects both.
  const ratios = subject.rounds
    .map((round, at) => round.perSecond / reference.rounds[at]!.perSecond)
    .sort((a, b) => a - b);
  const ratio = median(ratios);
  const byCpu = of(reference, 'cpuMicros') / of(subject, 'cpuMicros');
  const byLatency = of(reference, 'p50') / of(subject, 'p50');
  const byDone = entry.hasJobs
    ? of(subject, 'donePerSecond') / of(reference, 'donePerSecond')
    : NaN;
  const kept = Math.min(
    ratio,
    isGrowth ? byLatency : Infinity,
    Number.isNaN(byDone) ? Infinity : byDone,
  );
  const isMet = entry.target === null || kept >= entry.target;
  console.log(
    `\n  ratio ${ratio.toFixed(2)} (rounds ${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)}` +
      `${isGrowth ? `; by p50 ${byLatency.toFixed(2)}` : ''}` +
      `${Number.isNaN(byCpu) ? '' : `; by cpu ${byCpu.toFixed(2)}`})` +
      (entry.target === null
        ? ''
        : `, target at least ${entry.target.toFixed(2)}: ${isMet ? 'met' : 'MISSED'}`),
  );
  if (entry.slowedAtMost) return printSlowed(entry.slowedAtMost, subject, reference);
  if (entry.hasJobs)
    console.log(
      `  with their jobs done: ${number(of(reference, 'donePerSecond'))} and ` +
        `${number(of(subject, 'donePerSecond'))} a second, ratio ${byDone.toFixed(2)}`,
    );
  return isMet;
}

/** As above, adjacent rounds are compared. */
function printSlowed(atMost: number, subject: Side, reference: Side): boolean {
  const times = subject.rounds.map((round, at) => round.p99 / reference.rounds[at]!.p99);
  const slowed = median(times.sort((a, b) => a - b));
  const isMet = slowed <= atMost;
  console.log(
    `  p99 ${slowed.toFixed(2)} times (rounds ${times[0]!.toFixed(2)} to ${times.at(-1)!.toFixed(2)}), ` +
      `target at most ${atMost.toFixed(2)}: ${isMet ? 'met' : 'MISSED'}`,
  );
  return isMet;
}

/** The api's times for each kind beside each other. */
function printKinds(pairs: Record<string, Pair>): boolean {
  const times = Object.entries(pairs).map(([kind, { subject }]) => ({
    kind,
    p50: of(subject, 'p50'),
  }));
  const all = times.map(({ p50 }) => p50);
  const apart = Math.max(...all) / Math.min(...all);
  const isMet = apart <= KINDS_APART;
  console.log(
    `\n  p50 of the api: ${times.map(({ kind, p50 }) => `${kind} ${number(p50)} ms`).join(', ')}; ` +
      `slowest to fastest ${apart.toFixed(2)}, target at most ${KINDS_APART}: ${isMet ? 'met' : 'MISSED'}`,
  );
  return isMet;
}

const of = (side: Side, what: 'perSecond' | 'p50' | 'p99' | 'cpuMicros' | 'donePerSecond') =>
  median(side.rounds.map((round) => round[what] ?? NaN));

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });

const micros = (value: number) => (Number.isNaN(value) ? '' : `${number(value)} µs`);
