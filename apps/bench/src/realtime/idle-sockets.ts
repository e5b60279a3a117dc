import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from '../bodies/memory.ts';
import { messageOf, startModule } from '../children.ts';
import { get } from '../entries/in-worlds.ts';
import { measure } from '../load/load.ts';
import type { Measurement } from '../load/main.ts';
import type { World } from '../world/world.ts';
import type { IdleOptions } from './idle.ts';
import { median } from './shares.ts';
import type { Resident } from './town.ts';
import { print, spread, type Server, type Turns } from './turns.ts';

const READERS = 2;
const SETTLED_MS = 5000;

/** What open pages that nothing happens on take: memory, and time of those who read their feed. */
export async function measureIdle(
  { few }: World,
  idle: Resident[],
  [bare, api]: [Server, Server],
  { seconds, rounds }: Turns,
): Promise<boolean> {
  const read = () =>
    measure({
      url: api.url,
      serverPid: api.pid,
      connections: READERS,
      requests: [get(few, '/feed?limit=20')],
      seconds,
      warmUpSeconds: 2,
    });
  const kilobytes: Record<'bare' | 'api', number[]> = { bare: [], api: [] };
  const turns: Record<'without' | 'with', Measurement[]> = { without: [], with: [] };
  await read();
  for (let round = 0; round < rounds; round++) {
    turns.without.push(await read());
    await withIdle(bare, idle, kilobytes.bare, () => sleep(SETTLED_MS));
    await withIdle(api, idle, kilobytes.api, async () => {
      await sleep(SETTLED_MS);
      turns.with.push(await read());
    });
    // Until they are taken for gone.
    await sleep(SETTLED_MS * 2);
  }
  console.log(
    `\nidle\n  ${idle.length} people have a page open and do nothing; GET /feed?limit=20 by ${READERS} readers.\n`,
  );
  print('', 'req/s', 'p50', 'p99', 'cpu/answer');
  for (const name of ['without', 'with'] as const) {
    const figure = (of: (one: Measurement) => number) => median(turns[name].map(of)).toFixed(2);
    print(
      name,
      figure(({ perSecond }) => perSecond),
      `${figure(({ p50 }) => p50)} ms`,
      `${figure(({ p99 }) => p99)} ms`,
      `${figure(({ cpuMicros }) => cpuMicros)} µs`,
    );
  }
  const ratios = (of: (one: Measurement) => number) =>
    spread(turns.with.map((one, at) => of(one) / of(turns.without[at]!)).sort((a, b) => a - b));
  console.log(
    `\n  with beside without: p50 ${ratios(({ p50 }) => p50)}, p99 ${ratios(({ p99 }) => p99)}\n` +
      `  memory of a socket: api ${perSocket(kilobytes.api)}, bare server ${perSocket(kilobytes.bare)}`,
  );
  return true;
}

/** The first time is the one that counts: what a process has taken it does not give back. */
const perSocket = (kilobytes: number[]) =>
  `${kilobytes[0]!.toFixed(1)} kB (then ${kilobytes
    .slice(1)
    .map((one) => one.toFixed(1))
    .join(', ')})`;

async function withIdle(
  { url, pid }: Server,
  idle: Resident[],
  kilobytes: number[],
  work: () => Promise<void>,
): Promise<void> {
  const before = memoryOf(pid);
  const child = startModule(new URL('./idle.ts', import.meta.url), {
    url,
    cookies: idle.map(({ cookie }) => cookie),
  } satisfies IdleOptions);
  await messageOf<number>(child);
  const settled = work();
  await sleep(SETTLED_MS - 1000);
  kilobytes.push(((memoryOf(pid) - before) * 1024) / idle.length);
  await settled;
  const connected = messageOf<number>(child);
  child.send('stop');
  if ((await connected) !== idle.length) throw new Error('Some sockets were closed.');
}
