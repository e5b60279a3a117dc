import { commentsReader } from '../bare/comments.ts';
import { postsOfPersonReader, taggedPostsReader } from '../bare/post-lists.ts';
import { oneText, pageReader } from '../bare/posts.ts';
import { sessionReader } from '../bare/session.ts';
import type { Entry } from '../entry.ts';
import { CLOSE, LARGE } from '../world/people.ts';
import { get, inWorlds } from './in-worlds.ts';

/** How many different people, posts or hashtags are asked for. */
const DIFFERENT = 5;

export const posts: Entry[] = [
  ...inWorlds({
    name: 'profile-posts',
    about: 'GET /users/:id/posts?limit=20 of five people.',
    target: 0.5,

    requests: ({ few, many, people }) =>
      people
        .slice(LARGE + CLOSE - DIFFERENT, LARGE + CLOSE)
        .map((id, at) => get(at % 2 ? few : many, `/users/${id}/posts?limit=20`)),

    bare({ database, sessionSecret }) {
      const readSession = sessionReader(database, sessionSecret);
      const readPosts = postsOfPersonReader(database);
      return async (request) => {
        const session = await readSession(request);
        return session ? readPosts(session.userId, request.url!.split('/')[4]!, null, 20) : null;
      };
    },
  }),

  ...inWorlds({
    name: 'hashtag-posts',
    about:
      'GET /hashtags/:tag/posts?limit=20 of five hashtags, of a person who follows 100. One look for each of them ' +
      'comes on top where a page is not filled, so that hidden and absent posts take the same.',
    target: 0.5,

    requests: ({ few }) =>
      Array.from({ length: DIFFERENT }, (_, at) =>
        get(few, `/hashtags/topic${at}x/posts?limit=20`),
      ),

    bare({ database, sessionSecret }) {
      const readSession = sessionReader(database, sessionSecret);
      const readPosts = taggedPostsReader(database);
      return async (request) => {
        const session = await readSession(request);
        return session ? readPosts(session.userId, request.url!.split('/')[4]!, null, 20) : null;
      };
    },
  }),

  ...inWorlds({
    name: 'post-page',
    about:
      'GET /posts/:id and GET /posts/:id/comments?limit=20 in turn, of five posts with 40 comments.',
    target: 0.5,

    requests: ({ few, discussed }) =>
      discussed
        .slice(-DIFFERENT)
        .flatMap((id) => [get(few, `/posts/${id}`), get(few, `/posts/${id}/comments?limit=20`)]),

    bare({ database, sessionSecret }) {
      const readSession = sessionReader(database, sessionSecret);
      const readPost = pageReader(database, oneText);
      const readComments = commentsReader(database);
      return async (request) => {
        const session = await readSession(request);
        if (!session) return null;
        const post = request.url!.split('/')[4]!;
        if (request.url!.includes('/comments')) return readComments(session.userId, post, 20);
        const { items } = await readPost({ viewer: session.userId, post, limit: 1 });
        return items[0] ?? null;
      };
    },
  }),
];
