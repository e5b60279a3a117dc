import { sessionReader } from '../bare/session.ts';
import { searchReader } from '../bare/search.ts';
import type { Entry } from '../entry.ts';
import { RARE_WORDS } from '../world/posts.ts';
import { get } from './in-worlds.ts';

/** As they stand in the box before they are typed to the end. */
const typed = (words: string[]) => words.map((word) => word.slice(0, 4));

const WORDS = {
  rare: typed(RARE_WORDS),
  common: typed(['morning', 'harbour', 'window', 'music', 'light']),
  absent: typed(['kangaroo', 'volcano', 'jubilee', 'pyramid', 'eclipse']),
};

const entry = (name: string, posts: number, isLong: boolean): Entry => ({
  name,
  about:
    'GET /search/posts?q=…&limit=20 while a word is typed, of a person who follows 100, beside a query of the same ' +
    `full text tables with the same rule. ${posts.toLocaleString('en')} posts.`,
  target: 0.5,
  world: { posts, isIndexed: true },
  isLong,

  async seed(_api, _installation, world) {
    const asking = (words: string[]) =>
      words.map((word) => get(world!.few, `/search/posts?q=${word}&limit=20`));
    const kinds = {
      rare: asking(WORDS.rare),
      common: asking(WORDS.common),
      absent: asking(WORDS.absent),
    };
    return { requests: Object.values(kinds).flat(), kinds, connections: 20 };
  },

  bare({ database, sessionSecret, databaseUrl }) {
    const readSession = sessionReader(database, sessionSecret);
    const findTexts = searchReader(database, databaseUrl !== undefined);
    return async (request) => {
      const session = await readSession(request);
      if (!session) return null;
      const beginning = new URL(request.url!, 'http://bench').searchParams.get('q')!;
      return findTexts(session.userId, beginning, 20);
    };
  },
});

const beside = (name: string, posts: number, isLong: boolean): Entry => ({
  name,
  about:
    'GET /feed?limit=20 and GET /posts/:id, 50 a second, without and with 10 searches a second of the one who follows 100, ' +
    `for words that are rare, common and absent. ${posts.toLocaleString('en')} posts.`,
  target: null,
  slowedAtMost: 1.5,
  world: { posts, isIndexed: true },
  isLong,

  async seed(_api, _installation, world) {
    const { few, many, discussed } = world!;
    return {
      requests: [get(many, '/feed?limit=20'), get(few, `/posts/${discussed[0]!}`)],
      connections: 10,
      perSecond: 50,
      flood: {
        requests: Object.values(WORDS)
          .flat()
          .map((word) => get(few, `/search/posts?q=${word}&limit=20`)),
        connections: 4,
        perSecond: 10,
        expected: [200],
      },
    };
  },
});

export const search: Entry[] = [
  entry('search', 10_000, false),
  entry('search-1m', 1_000_000, true),
  beside('reads-beside-search', 10_000, false),
  beside('reads-beside-search-1m', 1_000_000, true),
];
