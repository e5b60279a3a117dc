import type { Api } from '../api-server.ts';
import { cursorReader } from '../bare/cursor.ts';
import { feedReader } from '../bare/feed.ts';
import { sessionReader } from '../bare/session.ts';
import type { Entry } from '../entry.ts';
import type { Person } from '../people.ts';
import { get, inWorlds, pageAfter, within } from './in-worlds.ts';

const first = (person: Person) => get(person, '/feed?limit=20');
const fiftieth = (api: Api, person: Person) => pageAfter(api, person, '/feed', 49);

export const feed: Entry[] = [
  ...inWorlds({
    name: 'feed',
    about:
      'GET /feed?limit=20, pages 1 and 50, of a person who follows 100 and of one who follows 5,000, in turn.',
    target: 0.5,

    async requests({ few, many }, api) {
      return [first(few), first(many), await fiftieth(api, few), await fiftieth(api, many)];
    },

    bare({ database, sessionSecret }) {
      const readSession = sessionReader(database, sessionSecret);
      const readFeed = feedReader(database);
      const readCursor = cursorReader(sessionSecret);
      return async (request) => {
        const session = await readSession(request);
        const query = new URLSearchParams(request.url!.split('?')[1]);
        return session
          ? readFeed(session.userId, readCursor(query.get('cursor')), Number(query.get('limit')))
          : null;
      };
    },
  }),

  ...within(
    {
      name: 'feed-follows',
      about:
        'GET /feed?limit=20 of a person who follows 5,000 (large) and of one who follows 100 (small).',
    },
    async ({ few, many }) => ({ small: [first(few)], large: [first(many)] }),
  ),

  ...within(
    {
      name: 'feed-pages',
      about: 'GET /feed?limit=20, page 50 (large) and page 1 (small), of both people in turn.',
    },
    async ({ few, many }, api) => ({
      small: [first(few), first(many)],
      large: [await fiftieth(api, few), await fiftieth(api, many)],
    }),
  ),
];
