import { setTimeout as sleep } from 'node:timers/promises';
import { untilNoJobs } from '../jobs.ts';
import type { Person } from '../people.ts';
import { awaitedOf } from './cast.ts';
import { send } from './measure.ts';
import type { Pause } from './probe.ts';
import type { ProbedApi } from './probed-api.ts';
import type { Settled } from './installations.ts';
import type { HostileWorld } from './world/hostile-world.ts';
import { SteadyReads } from './steady-reads.ts';

/** Work for jobs that one person can set off at once. */
interface Storm {
  name: string;
  /** A small one of the same kind, so that statements are prepared and code is compiled. */
  warmUp?(url: string): Promise<unknown>;
  begin(url: string): Promise<unknown>;
  /** How many times as long reads may take, at p99. */
  target?: number;
}

interface Reads extends Pause {
  count: number;
  p50: number;
  p99: number;
}

export interface StormMeasured {
  name: string;
  target: number | undefined;
  /** From when it has been set off until the last job is done. */
  seconds: number;
  idle: Reads;
  /** Beside the requests that set it off, which share the machine with reads as any requests do. */
  settingOff: Reads;
  /** Beside the jobs that they left. */
  storm: Reads;
}

const POSTS = 400;
/** Feeds that a storm of posts in a group fills: enough for hundreds of reads meanwhile. */
const FILLED = 400_000;
/** Machines have slower and faster minutes: half of it before the storm, half after. */
const IDLE_MS = 16_000;

export const stormsOf = ({ cast, size, group }: HostileWorld): Storm[] => {
  const inGroup = { audience: 'group', groupId: group };
  const groupPosts = Math.ceil(FILLED / size.groupMembers);
  return [
    {
      name: `storm · ${POSTS} posts of an author with ${size.stormFollowers} followers, one after the other`,
      warmUp: (url) => publish(url, cast.prolific, POSTS / 20),
      begin: (url) => publish(url, cast.prolific, POSTS),
    },
    {
      name: `storm · ${groupPosts} posts in a group of ${size.groupMembers} members`,
      target: 1.3,
      warmUp: (url) => publish(url, cast.prolific, 1, inGroup),
      begin: (url) => publish(url, cast.prolific, groupPosts, inGroup),
    },
    {
      name: `storm · four turn public at once while ${size.requests} wait for each`,
      begin: (url) => Promise.all(awaitedOf(cast).map((as) => turnPublic(url, as))),
    },
    {
      name: `storm · blocking someone who has written ${size.commentsOfOne} comments`,
      begin: (url) =>
        send(url, {
          method: 'PUT',
          path: `/users/me/blocks/${cast.talkative.id}`,
          as: cast.author,
        }),
    },
  ];
};

const turnPublic = (url: string, as: Person) =>
  send(url, {
    method: 'PUT',
    path: '/users/me/privacy',
    as,
    body: { visibility: 'public' },
  });

async function publish(
  url: string,
  as: Person,
  posts: number,
  audience: object = { audience: 'public' },
) {
  for (let at = 0; at < posts; at++)
    await send(url, {
      method: 'POST',
      path: '/posts',
      as,
      body: { content: `Good morning, number ${at}.`, ...audience },
    });
}

/** What reads take during a storm, beside what they take shortly before and after it. */
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
    return { times: await reads.end(), ...(await api.read()) };
  };
  await storm.warmUp?.(api.url);
  await untilNoJobs(installation);
  await during(() => sleep(IDLE_MS / 5));
  const idle = await during(() => sleep(IDLE_MS / 2));
  const settingOff = await during(() => storm.begin(api.url));
  const began = Date.now();
  const measured = await during(() => untilNoJobs(installation));
  const seconds = (Date.now() - began) / 1000;
  const after = await during(() => sleep(IDLE_MS / 2));
  idle.times.push(...after.times);
  const whole = after.pause > idle.pause ? { ...after, times: idle.times } : idle;
  return {
    name: storm.name,
    target: storm.target,
    seconds,
    idle: readsOf(whole),
    settingOff: readsOf(settingOff),
    storm: readsOf(measured),
  };
}

function readsOf({ times, ...pause }: Pause & { times: number[] }): Reads {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { count: times.length, p50: at(0.5), p99: at(0.99), ...pause };
}
