import { ask } from '../bare-server.ts';
import { get } from '../entries/in-worlds.ts';
import type { BenchRequest } from '../request.ts';
import type { World } from '../world/world.ts';

export interface Weight {
  files: number;
  /** As they are sent. */
  bytes: number;
}

/** A page beside what it is made of, asked at the api. */
export interface PageQuestion {
  name: string;
  page: BenchRequest;
  json: BenchRequest;
  /** The least share of the api's answers a second; null where nothing was promised. */
  target: number | null;
  /** The most bytes before compression. */
  largest?: number;
  /** The most of what it loads before anything is pressed. */
  scripts?: Weight;
}

/** As browsers ask. */
const headersFor = (cookie: string, encoding: string) => ({
  cookie,
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-encoding': encoding,
  'accept-language': 'en-GB,en;q=0.9',
});

export async function pageQuestions(
  apiUrl: string,
  { few }: World,
  encoding: string,
): Promise<PageQuestion[]> {
  // As of somebody who has been here for a while.
  const settle = { ...get(few, '/users/me/first-steps'), method: 'DELETE' } as const;
  const { status } = await ask(apiUrl, settle);
  if (status !== 204) throw new Error(`The first steps could not be hidden: ${status}.`);
  const feed = get(few, '/feed?limit=20');
  const { items } = JSON.parse((await ask(apiUrl, feed)).body) as {
    items: { id: string; author: { id: string; handle: string } | null }[];
  };
  const post = items[0]!;
  const author = items.flatMap(({ author }) => author ?? []).find(({ id }) => id !== few.id)!;
  const page = (path: string): BenchRequest => ({
    method: 'GET',
    path,
    headers: headersFor(few.cookie, encoding),
  });
  const json = (path: string): BenchRequest => ({
    ...get(few, path),
    headers: { ...headersFor(few.cookie, encoding), accept: 'application/json' },
  });
  return [
    {
      name: 'home',
      page: page('/'),
      json: json('/feed?limit=15'),
      target: 0.3,
      largest: 90_000,
      scripts: { files: 25, bytes: 90_000 },
    },
    {
      name: 'profile',
      page: page(`/@${author.handle}`),
      json: json(`/users/${author.id}/posts?limit=20`),
      target: null,
    },
    {
      name: 'post',
      page: page(`/posts/${post.id}`),
      json: json(`/posts/${post.id}`),
      target: null,
    },
    { name: 'settings', page: page('/settings'), json: json('/auth/session'), target: 0.5 },
  ];
}
