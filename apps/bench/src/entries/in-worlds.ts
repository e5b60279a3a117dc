import type { Api } from '../api-server.ts';
import { ask } from '../bare-server.ts';
import type { BareHandler } from '../bare/handler.ts';
import type { BareContext, Entry } from '../entry.ts';
import type { BenchRequest } from '../request.ts';
import type { Person } from '../people.ts';
import type { World } from '../world/world.ts';

const SMALL = 10_000;
const LARGE = 1_000_000;
/** At most 1.25 times as long. */
const GROWTH_TARGET = 0.8;

interface Subject {
  name: string;
  about: string;
  target: number;
  isChanged?: boolean;
  hasJobs?: boolean;
  requests(world: World, api: Api): Promise<BenchRequest[]> | BenchRequest[];
  bare(context: BareContext): BareHandler;
  comparable?(body: string): string;
}

/** Beside the bare server in a small and in a large world, and the api in the one beside itself in the other. */
export function inWorlds({
  requests,
  isChanged = false,
  target,
  bare,
  ...subject
}: Subject): Entry[] {
  const { name, about } = subject;
  const seed: Entry['seed'] = async (api, _installation, world) => ({
    requests: await requests(world!, api),
    connections: 20,
  });
  return [
    {
      ...subject,
      about: `${about} 10,000 posts.`,
      target,
      bare,
      seed,
      world: { posts: SMALL, isChanged },
    },
    {
      ...subject,
      name: `${name}-1m`,
      about: `${about} 1,000,000 posts.`,
      target,
      bare,
      seed,
      world: { posts: LARGE, isChanged },
      isLong: true,
    },
    {
      ...subject,
      name: `${name}-growth`,
      about: `${about} The api with 1,000,000 posts (large) beside itself with 10,000 (small).`,
      target: GROWTH_TARGET,
      seed,
      world: { posts: LARGE, besidePosts: SMALL, isChanged },
      isLong: true,
    },
  ];
}

/** The api beside itself in one world, asked about much and about little. */
export function within(
  { name, about }: { name: string; about: string },
  workload: (world: World, api: Api) => Promise<{ small: BenchRequest[]; large: BenchRequest[] }>,
): Entry[] {
  const seed: Entry['seed'] = async (api, _installation, world) => {
    const { small, large } = await workload(world!, api);
    return { requests: large, baseline: small, connections: 20 };
  };
  const common = { target: GROWTH_TARGET, seed };
  return [
    { ...common, name, about: `${about} 10,000 posts.`, world: { posts: SMALL } },
    {
      ...common,
      name: `${name}-1m`,
      about: `${about} 1,000,000 posts.`,
      world: { posts: LARGE },
      isLong: true,
    },
  ];
}

export const get = (person: Person, path: string): BenchRequest => ({
  method: 'GET',
  path: `/api/v1${path}`,
  headers: { cookie: person.cookie },
});

/** A page of 20 that begins after so many pages. */
export async function pageAfter(
  api: Api,
  person: Person,
  path: string,
  pages: number,
): Promise<BenchRequest> {
  let cursor = '';
  for (let left = pages * 20; left;) {
    const limit = Math.min(left, 100);
    const { body } = await ask(api.url, get(person, `${path}?limit=${limit}${cursor}`));
    const { nextCursor } = JSON.parse(body) as { nextCursor: string | null };
    if (!nextCursor) throw new Error(`${path} has fewer than ${pages} pages.`);
    cursor = `&cursor=${nextCursor}`;
    left -= limit;
  }
  return get(person, `${path}?limit=20${cursor}`);
}
