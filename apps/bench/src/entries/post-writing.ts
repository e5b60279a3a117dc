import { openWriter } from '../bare/database.ts';
import type { BareHandler } from '../bare/handler.ts';
import { liker, postWriter } from '../bare/post-writing.ts';
import { sessionReader } from '../bare/session.ts';
import type { BareContext, Entry } from '../entry.ts';
import type { BenchRequest } from '../request.ts';
import type { Person } from '../people.ts';
import { inWorlds } from './in-worlds.ts';

const creating = (author: Person, mentionedId: string): BenchRequest[] => [
  {
    method: 'POST',
    path: '/api/v1/posts',
    headers: { cookie: author.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({
      content:
        'The morning light over the harbour was worth getting up for, and we stayed until somebody ' +
        `opened a window to let the music out. @${mentionedId} #harbour`,
      audience: 'followers',
    }),
  },
];

function bareCreating({ database, sessionSecret, ...place }: BareContext): BareHandler {
  const readSession = sessionReader(database, sessionSecret);
  const write = postWriter(database, openWriter(place));
  return async (request, body) => {
    const session = await readSession(request);
    return session ? write(session.userId, JSON.parse(body) as Parameters<typeof write>[1]) : null;
  };
}

/** Ids and times of posts made for the answer. */
const withoutMade = (body: string) =>
  body.replace(/^{"id":"[^"]+"/, '{').replace(/"createdAt":"[^"]+"/, '');

/** Each connection likes posts of its own, then no longer. */
const LIKED_BY_CONNECTION = 20;

export const postWriting: Entry[] = [
  ...inWorlds({
    name: 'post-create',
    about:
      'POST /posts of a person with 100 followers. The bare server writes all that comes of it in one ' +
      'transaction; the api writes a job and fans the post out afterwards.',
    target: 0.4,
    isChanged: true,
    hasJobs: true,
    requests: ({ writer, people }) => creating(writer, people[0]!),
    bare: bareCreating,
    comparable: withoutMade,
  }),

  ...inWorlds({
    name: 'post-create-alone',
    about: 'POST /posts of a person whom nobody follows.',
    target: 0.4,
    isChanged: true,
    hasJobs: true,
    requests: ({ few, people }) => creating(few, people[0]!),
    bare: bareCreating,
    comparable: withoutMade,
  }),

  ...inWorlds({
    name: 'like',
    about: 'PUT and DELETE /posts/:id/like of 400 posts.',
    target: 0.4,
    isChanged: true,

    requests: ({ few, plain }) => {
      const request = (method: 'PUT' | 'DELETE') => (id: string) => ({
        method,
        path: `/api/v1/posts/${id}/like`,
        headers: { cookie: few.cookie },
      });
      return Array.from({ length: 20 }, (_, connection) => {
        const from = -(connection + 1) * LIKED_BY_CONNECTION;
        const own = plain.slice(from, from + LIKED_BY_CONNECTION || undefined);
        return [...own.map(request('PUT')), ...own.map(request('DELETE'))];
      }).flat();
    },

    bare({ database, sessionSecret, ...place }) {
      const readSession = sessionReader(database, sessionSecret);
      const setLike = liker(openWriter(place));
      return async (request) => {
        const session = await readSession(request);
        return session
          ? setLike(session.userId, request.url!.split('/')[4]!, request.method === 'PUT')
          : null;
      };
    },
  }),
];
