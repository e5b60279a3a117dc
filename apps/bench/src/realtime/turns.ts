import { messageOf, startModule } from '../children.ts';
import { median } from './shares.ts';
import type { Talk, TalkOptions } from './talk.ts';
import type { Side } from './town.ts';

export interface Server extends Side {
  name: string;
  url: string;
  pid: number;
}

export interface Turns {
  seconds: number;
  rounds: number;
}

/** At most twice as long. */
const MOST_P99 = 2;
const LEAST_THROUGHPUT = 0.5;
const FIRST_WARM_UP_SECONDS = 5;
const WARM_UP_SECONDS = 1;

type Figure = (talk: Talk) => number;

/** Both servers take turns, every other round the other way round. */
export async function measureTalk(
  [bare, api]: [Server, Server],
  pace: TalkOptions['pace'],
  { seconds, rounds }: Turns,
): Promise<boolean> {
  const isRoom = 'writers' in pace;
  const turns: Record<'bare' | 'api', Talk[]> = { bare: [], api: [] };
  const talk = (server: Server, round: number) =>
    messageOf<Talk>(
      startModule(new URL('./talk.ts', import.meta.url), {
        url: server.url,
        serverPid: server.pid,
        lanes: isRoom ? [server.room] : server.pairs,
        pace,
        warmUpSeconds: round ? WARM_UP_SECONDS : FIRST_WARM_UP_SECONDS,
        seconds,
      } satisfies TalkOptions),
    );
  for (let round = 0; round < rounds; round++)
    for (const side of round % 2 ? (['api', 'bare'] as const) : (['bare', 'api'] as const))
      turns[side].push(await talk(side === 'api' ? api : bare, round));
  const members = bare.room.members.length;
  console.log(
    isRoom
      ? `\nroom\n  ${pace.writers} write in the room of a group of ${members}, all of whom have a page open, ` +
          'each as soon as all have their last.\n'
      : `\n${pace.perSecond} messages a second\n  between ${bare.pairs.length} pairs, sent at that rate ` +
          'whatever has arrived; both of each pair have a page open.\n',
  );
  print(
    '',
    'messages/s',
    'deliveries/s',
    'p50',
    'p99',
    'answer p99',
    'cpu/message',
    'client',
    'late',
    'refused',
  );
  for (const [name, talks] of [
    ['bare server', turns.bare],
    ['api', turns.api],
  ] as const) {
    const figure = (of: Figure) => median(talks.map(of));
    print(
      name,
      figure((one) => one.messagesPerSecond).toFixed(0),
      figure((one) => one.deliveriesPerSecond).toFixed(0),
      ...[
        figure((one) => one.roundTrips.p50),
        figure((one) => one.roundTrips.p99),
        figure((one) => one.answers.p99),
      ].map((ms) => `${ms.toFixed(1)} ms`),
      `${figure((one) => one.cpuMicrosPerMessage).toFixed(0)} µs`,
      `${(figure((one) => one.clientCpu) * 100).toFixed(0)} %`,
      `${figure((one) => one.lateness).toFixed(1)} ms`,
      String(figure((one) => one.refused)),
    );
  }
  const ratios = (of: Figure) =>
    turns.api.map((one, at) => of(one) / of(turns.bare[at]!)).sort((a, b) => a - b);
  const byCpu = median(ratios((one) => one.cpuMicrosPerMessage));
  const p99 = ratios((one) => one.roundTrips.p99);
  const p50 = ratios((one) => one.roundTrips.p50);
  const throughput = ratios((one) => one.deliveriesPerSecond);
  if (!isRoom)
    return verdict(
      `p99 ${spread(p99)}; by p50 ${spread(p50)}, by cpu ${byCpu.toFixed(2)}`,
      `at most ${MOST_P99.toFixed(2)} by p99`,
      median(p99) <= MOST_P99 && turns.api.every(({ refused }) => refused === 0),
    );
  return verdict(
    `deliveries ${spread(throughput)}; by cpu ${(1 / byCpu).toFixed(2)}`,
    `at least ${LEAST_THROUGHPUT.toFixed(2)}`,
    median(throughput) >= LEAST_THROUGHPUT,
  );
}

export const spread = (sorted: number[]): string =>
  `${median(sorted).toFixed(2)} (rounds ${sorted[0]!.toFixed(2)} to ${sorted.at(-1)!.toFixed(2)})`;

export function verdict(ratios: string, target: string, isMet: boolean): boolean {
  console.log(`\n  ratio of ${ratios}, target ${target}: ${isMet ? 'met' : 'MISSED'}`);
  return isMet;
}

export function print(name: string, ...cells: string[]): void {
  console.log(`  ${name.padEnd(14)}${cells.map((cell) => cell.padStart(12)).join('')}`);
}
