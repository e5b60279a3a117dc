import type { FeedItem, FeedPage } from '@echomate/contracts/feed.dto';
import type { Post } from '@echomate/contracts/posts.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql } from '../../src/platform/database/statements.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { listsSettled } from '../support/posts.js';
import { run, statementsOf } from '../support/statements.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

const write = async (who: Person, content: string, values: object = {}): Promise<Post> =>
  (
    await who.browser
      .post(`${API}/posts`)
      .send({ audience: 'public', content, ...values })
      .expect(201)
  ).body;

const feed = async (who: Person, query = ''): Promise<FeedPage> =>
  (await who.browser.get(`${API}/feed?limit=50${query}`).expect(200)).body;

const contents = ({ items }: { items: { content: string }[] }) =>
  items.map(({ content }) => content);

const settled = () => listsSettled(place.app);

const entries = async (who: Person): Promise<number> =>
  (await place.app
    .get(Database)
    .one<{ count: number }>(
      sql`SELECT count(*) AS count FROM feed_entries WHERE owner_id = ${who.id}`,
    ))!.count;

describe('the home feed', () => {
  it('holds the own posts and those of whom one follows, newest first, page by page', async () => {
    const [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    await write(bruno, 'before');
    await follow(ada, bruno);
    await write(eve, 'of a stranger');
    for (let n = 1; n <= 5; n++) await write(n % 2 ? bruno : ada, `post ${n}`);
    await settled();
    const expected = ['post 5', 'post 4', 'post 3', 'post 2', 'post 1', 'before'];
    const whole = await feed(ada);
    expect(contents(whole)).toEqual(expected);
    expect(whole.items.every(({ reason }) => reason === null)).toBe(true);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await ada.browser.get(`${API}/feed?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...contents(body));
      cursor = (body as FeedPage).nextCursor;
    }
    expect(paged).toEqual(expected);
  });

  it('follows every change at once', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(ada, bruno);
    const post = await write(bruno, 'now you see me');
    await settled();
    const sees = async () => (await feed(ada)).items.length === 1;
    const { browser } = bruno;
    const audience = (values: object) =>
      browser.put(`${API}/posts/${post.id}/audience`).send(values).expect(200);
    expect(await sees()).toBe(true);
    await audience({ audience: 'unlisted' });
    expect(await sees()).toBe(false);
    await audience({ audience: 'chosen', chosenUserIds: [ada.id] });
    expect(await sees()).toBe(true);
    await ada.browser.put(`${API}/users/me/mutes/${bruno.id}`).expect(204);
    expect(await sees()).toBe(false);
    await ada.browser.delete(`${API}/users/me/mutes/${bruno.id}`).expect(204);
    await browser.delete(`${API}/posts/${post.id}`).expect(204);
    expect(await sees()).toBe(false);
    await browser.post(`${API}/posts/${post.id}/restore`).expect(200);
    expect(await sees()).toBe(true);
    await ada.browser.delete(`${API}/users/${bruno.id}/follow`).expect(204);
    expect(await sees()).toBe(false);
    await settled();
    expect(await entries(ada)).toBe(0);
  });

  it('has what is only for its author in the feed of its author alone', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(bruno, ada);
    const post = await write(ada, 'a note to myself', { audience: 'me' });
    await settled();
    expect(contents(await feed(ada))).toEqual(['a note to myself']);
    expect(contents(await feed(ada, '&sort=top'))).toEqual(['a note to myself']);
    expect(await feed(bruno)).toMatchObject({ items: [] });
    expect(await entries(bruno)).toBe(0);
    const audience = (audience: string) =>
      ada.browser.put(`${API}/posts/${post.id}/audience`).send({ audience }).expect(200);
    await audience('followers');
    await settled();
    expect(contents(await feed(bruno))).toEqual(['a note to myself']);
    await audience('me');
    expect(await feed(bruno)).toMatchObject({ items: [] });
  });

  it('has restored posts, also for those who followed meanwhile', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const post = await write(bruno, 'gone and back');
    await bruno.browser.delete(`${API}/posts/${post.id}`).expect(204);
    await follow(ada, bruno);
    await settled();
    await bruno.browser.post(`${API}/posts/${post.id}/restore`).expect(200);
    await settled();
    expect(contents(await feed(ada))).toEqual(['gone and back']);
  });

  it('is filled when a post becomes visible later', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(ada, bruno);
    const post = await write(bruno, 'first a link', { audience: 'unlisted' });
    await settled();
    expect(await feed(ada)).toMatchObject({ items: [] });
    await bruno.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'public' });
    await settled();
    expect(contents(await feed(ada))).toEqual(['first a link']);
  });

  it('holds everything of people who are accepted late, all at once or one by one', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const setPrivacy = (visibility: string) =>
      bruno.browser.put(`${API}/users/me/privacy`).send({ visibility }).expect(200);
    await setPrivacy('private');
    await write(bruno, 'for followers', { audience: 'followers' });
    await follow(ada, bruno);
    await settled();
    expect(contents(await feed(ada))).toEqual([]);
    await setPrivacy('public');
    await settled();
    expect(contents(await feed(ada))).toEqual(['for followers']);
  });

  it('looks up large authors instead of fanning their posts out', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(ada, bruno);
    await write(bruno, 'fanned out');
    await settled();
    const database = place.app.get(Database);
    const setFollowers = (count: number) =>
      database.transaction((transaction) =>
        transaction.run(
          sql`UPDATE follow_counts SET followers = ${count} WHERE user_id = ${bruno.id}`,
        ),
      );
    await setFollowers(5000);
    await write(bruno, 'marks him as large');
    await settled();
    await setFollowers(1);
    expect(await entries(ada)).toBe(1);
    expect(contents(await feed(ada))).toEqual(['marks him as large', 'fanned out']);
    const { body } = await ada.browser.get(`${API}/feed/newer?after=${ada.id}`).expect(200);
    expect(body.count).toBe(2);
  });

  it('counts what is new without what is hidden or one’s own', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(ada, bruno);
    const first = await write(bruno, 'seen');
    await write(bruno, 'new');
    await write(ada, 'own');
    await write(bruno, 'hidden', { audience: 'unlisted' });
    await settled();
    const newer = async (after: string) =>
      (await ada.browser.get(`${API}/feed/newer?after=${after}`)).body;
    expect(await newer(first.id)).toEqual({ count: 1 });
    expect((await newer('x')).status).toBe(400);
  });

  it('holds everything else of a feed that is mostly muted, in statements of a portion each', async () => {
    const [ada, bruno, chidi, dora] = await place.newPeople('Ada', 'Bruno', 'Chidi', 'Dora');
    for (const author of [bruno!, chidi!, dora!]) await follow(ada!, author).expect(200);
    const database = place.app.get(Database);
    await run(place.app, sql`INSERT INTO large_authors (author_id) VALUES (${dora!.id})`);
    const seen: string[] = [];
    const layer = async (author: Person, count: number, isSeen: boolean) => {
      const posts = Array.from({ length: count }, () => uuid());
      if (isSeen) seen.unshift(...posts.toReversed());
      const at = new Date().toISOString();
      await database.transaction(async (transaction) => {
        await transaction.run(sql`
          INSERT INTO posts (id, author_id, audience, content, created_at)
          VALUES ${join(posts.map((id) => sql`(${id}, ${author.id}, 'public', 'Hello', ${at})`))}`);
        if (author !== ada && author !== dora)
          await transaction.run(sql`
            INSERT INTO feed_entries (owner_id, post_id)
            VALUES ${join(posts.map((id) => sql`(${ada!.id}, ${id})`))}`);
      });
    };
    await ada!.browser.put(`${API}/users/me/mutes/${bruno!.id}`).expect(204);
    await layer(chidi!, 3, true);
    const [oldest] = seen.slice(-1);
    await layer(bruno!, 1300, false);
    await layer(ada!, 2, true);
    await layer(dora!, 2, true);
    await layer(bruno!, 248, false);
    await layer(chidi!, 4, true);
    await layer(dora!, 1, true);
    await layer(bruno!, 700, false);
    const idsOf = ({ items }: FeedPage) => items.map(({ id }) => id);
    const statements = await statementsOf(place.app, async () => {
      expect(idsOf(await feed(ada!))).toEqual(seen);
    });
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await ada!.browser.get(
        `${API}/feed?limit=5${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...idsOf(body as FeedPage));
      cursor = (body as FeedPage).nextCursor;
    }
    expect(paged).toEqual(seen);
    expect(idsOf(await feed(ada!, '&sort=top')).toSorted()).toEqual(seen.toSorted());
    const newer = await ada!.browser.get(`${API}/feed/newer?after=${oldest}`).expect(200);
    expect(newer.body).toEqual({ count: seen.length - 3 });

    await ada!.browser.delete(`${API}/users/me/mutes/${bruno!.id}`).expect(204);
    const filled = await statementsOf(place.app, () => feed(ada!));
    expect(statements - filled).toBeGreaterThan(4);

    await ada!.browser.put(`${API}/users/me/mutes/${bruno!.id}`).expect(204);
    await ada!.browser.put(`${API}/users/me/mutes/${dora!.id}`).expect(204);
    await layer(dora!, 1200, false);
    const { body } = await ada!.browser.get(`${API}/feed?limit=1`).expect(200);
    expect(body.items).toMatchObject([{ author: { id: chidi!.id } }]);
  });

  it('survives a crash between a post and its fan-out', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(ada, bruno);
    const { id } = await write(bruno, 'once');
    await settled();
    await place.app.get(Database).transaction(async (transaction) => {
      await transaction.run(sql`DELETE FROM feed_entries`);
      const now = new Date().toISOString();
      // As a second attempt finds it: the job is there, some of its work is done.
      for (const job of [id, bruno.id])
        await transaction.run(sql`
          INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
          VALUES (${job}, 'feed.fan-out', ${JSON.stringify({ postId: id })}, 'waiting', ${now}, 1, ${now})`);
    });
    await settled();
    expect(contents(await feed(ada))).toEqual(['once']);
  });
});

describe('the top of the feed', () => {
  it('puts first what people one follows talk about, and says why', async () => {
    const [ada, bruno, chidi, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Chidi'),
      await place.newPerson('Eve'),
    ];
    for (const one of [bruno, chidi]) await follow(ada, one);
    await follow(chidi, ada);
    const talked = await write(bruno, 'talked about');
    const liked = await write(bruno, 'liked');
    await write(bruno, 'plain');
    await write(chidi, 'of a friend');
    await write(ada, 'own');
    const say = (who: Person) =>
      who.browser.post(`${API}/posts/${talked.id}/comments`).send({ content: 'Hm' }).expect(201);
    await say(chidi);
    await say(chidi);
    await say(eve);
    await chidi.browser.put(`${API}/posts/${liked.id}/like`).expect(200);
    await settled();
    const { items } = await feed(ada, '&sort=top');
    const why = items.map(({ content, reason }: FeedItem) => [
      content,
      reason!.kind,
      reason!.count,
    ]);
    expect(why.slice(0, 2)).toEqual([
      ['talked about', 'commented', 1],
      ['liked', 'liked', 1],
    ]);
    expect(why.slice(2).sort()).toEqual([
      ['of a friend', 'friend', 0],
      ['own', 'own', 0],
      ['plain', 'followed', 0],
    ]);
  });

  it('continues where a page ended, and refuses cursors it did not make', async () => {
    const ada = await place.newPerson('Ada');
    for (let n = 0; n < 7; n++) await write(ada, `post ${n}`);
    const whole = contents(await feed(ada, '&sort=top'));
    expect(whole).toHaveLength(7);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await ada.browser.get(
        `${API}/feed?sort=top&limit=3${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...contents(body));
      cursor = (body as FeedPage).nextCursor;
    }
    expect([...paged].sort()).toEqual([...whole].sort());
    const nobody = '00000000-0000-0000-0000-000000000000';
    const cursorOf = async (path: string): Promise<string> =>
      (await ada.browser.get(`${API}/${path}`).expect(200)).body.nextCursor;
    const latest = await cursorOf('feed?limit=1');
    const top = await cursorOf('feed?sort=top&limit=1');
    for (const cursor of ['x', nobody, `${nobody}.1.${nobody}`, latest])
      await ada.browser.get(`${API}/feed?sort=top&cursor=${cursor}`).expect(400);
    await ada.browser.get(`${API}/feed?cursor=${top}`).expect(400);
    await ada.browser.get(`${API}/feed?sort=best`).expect(400);
  });

  it('leaves out reasons that come from people hidden from the viewer', async () => {
    const [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    await follow(ada, bruno);
    const post = await write(bruno, 'loud');
    for (let n = 0; n < 6; n++)
      await eve.browser.post(`${API}/posts/${post.id}/comments`).send({ content: 'Hm' });
    await settled();
    const reason = async () => (await feed(ada, '&sort=top')).items[0]!.reason;
    expect(await reason()).toEqual({ kind: 'popular', count: 6 });
    await ada.browser.put(`${API}/users/me/blocks/${eve.id}`).expect(204);
    expect(await reason()).toEqual({ kind: 'followed', count: 0 });
  });

  it('does not tell by its cursor either', async () => {
    const [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    await follow(ada, bruno);
    const post = await write(bruno, 'one');
    await write(bruno, 'two');
    await settled();
    await ada.browser.put(`${API}/users/me/blocks/${eve.id}`).expect(204);
    const order = async () => contents(await feed(ada, '&sort=top'));
    const before = await order();
    await eve.browser.put(`${API}/posts/${post.id}/like`).expect(200);
    expect(await order()).toEqual(before);
    await bruno.browser.put(`${API}/posts/${post.id}/like`).expect(200);
    expect(await order()).toEqual(['one', 'two']);
  });
});
