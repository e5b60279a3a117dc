import { setTimeout as sleep } from 'node:timers/promises';
import { send, untilNoJobs } from './measure.ts';
import type { ProbedApi } from './probed-api.ts';
import type { Settled } from './installations.ts';
import type { HostileWorld } from './world/hostile-world.ts';
import { SteadyReads, type ReadTimes } from './steady-reads.ts';

/** Work for jobs that one person can set off at once. */
interface Storm {
  name: string;
  begin(url: string): Promise<unknown>;
}

export interface StormMeasured {
  name: string;
  /** Until the last job is done. */
  seconds: number;
  idle: ReadTimes & { pause: number };
  storm: ReadTimes & { pause: number };
}

const POSTS = 100;
const IDLE_MS = 10_000;

export const stormsOf = ({ cast, size }: HostileWorld): Storm[] => [
  {
    name: `storm · ${POSTS} posts of an author with ${size.stormFollowers} followers, one after the other`,
    async begin(url) {
      for (let at = 0; at < POSTS; at++)
        await send(url, {
          ...{ method: 'POST', path: '/posts', as: cast.prolific },
          body: { content: `Good morning, number ${at}.`, audience: 'public' },
        });
    },
  },
  {
    name: `storm · turning public while ${size.requests} wait`,
    begin: (url) =>
      send(url, {
        ...{ method: 'PUT', path: '/users/me/privacy', as: cast.awaited },
        body: { visibility: 'public' },
      }),
  },
  {
    name: `storm · blocking someone who has written ${size.commentsOfOne} comments`,
    begin: (url) =>
      send(url, {
        ...{ method: 'PUT', path: `/users/me/blocks/${cast.talkative.id}`, as: cast.author },
      }),
  },
];

/** What reads take during a storm, beside what they take shortly before. */
export async function measureStorm(
  api: ProbedApi,
  { installation, world }: Settled,
  storm: Storm,
): Promise<StormMeasured> {
  const reads = new SteadyReads(api.url, world.cast.suggested);
  const during = async (work: () => Promise<unknown>) => {
    await api.reset();
    reads.begin();
    await work();
    const times = await reads.end();
    return { ...times, pause: (await api.read()).pause };
  };
  await untilNoJobs(installation);
  // Statements are prepared, and what is hot is compiled.
  await during(() => sleep(IDLE_MS / 5));
  const idle = await during(() => sleep(IDLE_MS));
  const began = Date.now();
  const measured = await during(async () => {
    await storm.begin(api.url);
    await untilNoJobs(installation);
  });
  return { name: storm.name, seconds: (Date.now() - began) / 1000, idle, storm: measured };
}
