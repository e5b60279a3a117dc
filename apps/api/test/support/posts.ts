import type { Comment, Post } from '@echomate/contracts/posts.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import type { Person } from './neighbourhood.js';
import { picture } from './pictures.js';
import { API, type TestApp } from './test-app.js';
import { until } from './until.js';

export const send = (who: Person, values: Record<string, unknown> = {}) =>
  who.browser.post(`${API}/posts`).send({ audience: 'public', content: 'Hello', ...values });

export const write = async (who: Person, values?: Record<string, unknown>): Promise<Post> =>
  (await send(who, values).expect(201)).body;

export const get = async (who: Person, path: string) =>
  (await who.browser.get(`${API}/${path}`).expect(200)).body;

export const postsOf = async (who: Person, of = who): Promise<Post[]> =>
  (await get(who, `users/${of.id}/posts?limit=100`)).items;

export const comment = async (who: Person, post: Post, values: object = {}): Promise<Comment> =>
  (
    await who.browser
      .post(`${API}/posts/${post.id}/comments`)
      .send({ content: 'Nice', ...values })
      .expect(201)
  ).body;

export const like = (who: Person, post: { id: string }) =>
  who.browser.put(`${API}/posts/${post.id}/like`).expect(200);

export const upload = async (who: Person): Promise<string> => {
  const image = await picture('png', 80, 60);
  return (await who.browser.post(`${API}/media`).attach('file', image, 'a.png').expect(201)).body
    .id;
};

export const contents = (posts: { content: string }[]) => posts.map(({ content }) => content);

/** Counters must equal the rows they count, after everything. */
export const expectCountsOfPosts = async (app: TestApp): Promise<void> => {
  const wrong = await app.get(Database).many(sql`
    SELECT p.id FROM posts p
    WHERE p.like_count <> (SELECT count(*) FROM post_likes l WHERE l.post_id = p.id AND l.is_counted)
      OR p.comment_count <> (SELECT count(*) FROM comments c WHERE c.post_id = p.id AND c.deleted_at IS NULL AND c.is_counted)
    UNION ALL
    SELECT c.id FROM comments c WHERE c.deleted_at IS NULL AND (
      c.like_count <> (SELECT count(*) FROM comment_likes l WHERE l.comment_id = c.id AND l.is_counted)
      OR c.reply_count <> (SELECT count(*) FROM comments r WHERE r.parent_id = c.id AND r.deleted_at IS NULL AND r.is_counted))`);
  expect(wrong).toEqual([]);
};

/** Fan-out and reach are settled after the answer; what a person sees a moment later is what counts. */
export async function listsSettled(app: TestApp): Promise<void> {
  await until('the lists have settled', async () => {
    const waiting = await app.get(Database).one(
      sql`SELECT id FROM jobs WHERE kind LIKE 'feed.%' OR kind LIKE 'search.%'
          OR kind IN ('posts.settle-reach', 'posts.recount', 'follows.recount', 'groups.recount', 'events.leave', 'events.recount') LIMIT 1`,
    );
    return !waiting;
  });
}
