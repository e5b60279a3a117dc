import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CAST, emailOf } from '@echomate/testing/cast';
import type { Conversation } from '@echomate/contracts/chat.dto';
import type { Event } from '@echomate/contracts/events.dto';
import type { FeedPage } from '@echomate/contracts/feed.dto';
import type { PeoplePage } from '@echomate/contracts/follows.dto';
import type { FoundPosts } from '@echomate/contracts/search.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { PEOPLE_SEARCHES, POST_SEARCHES } from '../support/cast-searches.js';
import { expectCountsOfEvents } from '../support/events.js';
import { expectGroupsToBeSound } from '../support/groups.js';
import { logIn } from '../support/people.js';
import { expectCountsOfPosts, listsSettled } from '../support/posts.js';
import { asked } from '../support/search.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DAY = 24 * 3600_000;

let database: TestDatabase;
let app: TestApp;

const move = (settings: Record<string, string> = {}) =>
  promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '../support/move-cast-in.mjs')],
    {
      env: {
        ...process.env,
        ...database.environment,
        NODE_ENV: 'test',
        NODE_OPTIONS: '',
        LOG_LEVEL: 'fatal',
        ...settings,
      },
    },
  );

const rows = <Row>(query: ReturnType<typeof sql>) => app.get(Database).many<Row>(query);

const momentOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

beforeAll(async () => {
  if (!existsSync(join(import.meta.dirname, '../../dist/database/seeds')))
    throw new Error('Build the api first: npm test does');
  database = await createTestDatabase();
  await move();
  app = await startTestApp({}, undefined, database);
  await listsSettled(app);
});

afterAll(() => app.close());

it('is refused where somebody lives, and in production', async () => {
  await expect(move()).rejects.toThrow(/refused: Somebody lives here already/);
  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://club.example',
    SESSION_SECRET: 'x'.repeat(40),
  };
  await expect(move(production)).rejects.toThrow(/refused: The cast is not for production/);
});

it('has lived there for months, and ids know the time too', async () => {
  const things = await rows<{ id: string; createdAt: string }>(sql`
    SELECT id, created_at AS "createdAt" FROM posts UNION ALL
    SELECT id, created_at FROM comments UNION ALL
    SELECT id, created_at FROM users UNION ALL
    SELECT id, created_at FROM follows UNION ALL
    SELECT id, created_at FROM media`);
  expect(things.length).toBeGreaterThan(250);
  const times = things.map(({ id, createdAt }) => {
    const time = new Date(createdAt).getTime();
    expect(Math.abs(momentOf(id) - time)).toBeLessThan(60_000);
    return time;
  });
  expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());
  expect(Math.max(...times)).toBeGreaterThan(Date.now() - DAY);
  expect(Math.min(...times)).toBeLessThan(Date.now() - 200 * DAY);
  expect(new Set(times.map((time) => Math.floor(time / (7 * DAY)))).size).toBeGreaterThan(25);
});

it('keeps every counter equal to its rows', async () => {
  await expectCountsOfPosts(app);
  const wrong = await rows(sql`
    SELECT c.user_id FROM follow_counts c
    WHERE c.followers <> (SELECT count(*) FROM follows f WHERE f.followee_id = c.user_id AND f.status = 'accepted' AND f.is_counted)
      OR c.following <> (SELECT count(*) FROM follows f WHERE f.follower_id = c.user_id AND f.status = 'accepted' AND f.is_counted)`);
  expect(wrong).toEqual([]);
});

it('leaves nobody signed in and nothing to do', async () => {
  expect(await rows(sql`SELECT id FROM sessions`)).toEqual([]);
  expect(
    await rows(
      sql`SELECT kind FROM jobs WHERE unique_key IS NULL AND kind <> 'media.remove-files'`,
    ),
  ).toEqual([]);
});

it('fills feeds, hashtags, histories and requests', async () => {
  const hanna = await logIn(app, emailOf(CAST.find(({ firstName }) => firstName === 'Hanna')!));
  const get = async <Body>(path: string): Promise<Body> =>
    (await hanna.get(`${API}/${path}`).expect(200)).body;
  const feed = await get<FeedPage>('feed?limit=50');
  expect(feed.items.length).toBeGreaterThan(20);
  const honey = await get<FeedPage>('hashtags/honey/posts');
  const [first] = honey.items;
  expect(first).toMatchObject({ title: 'The first honey', commentCount: 3 });
  expect(first!.editedAt).not.toBeNull();
  const history = await get<{ items: object[] }>(`posts/${first!.id}/history`);
  expect(history.items).toHaveLength(2);

  const goran = await logIn(app, emailOf(CAST.find(({ firstName }) => firstName === 'Goran')!));
  const requests = await goran.get(`${API}/follow-requests`).expect(200);
  expect(requests.body.items.length).toBeGreaterThan(2);
});

it('writes messages: some are unread, one waits as a request', async () => {
  const asCast = async (name: string) => {
    const browser = await logIn(app, emailOf(CAST.find(({ firstName }) => firstName === name)!));
    return async (path: string) =>
      (await browser.get(`${API}/conversations${path}`).expect(200)).body.items as Conversation[];
  };
  const hanna = await (await asCast('Hanna'))('');
  const withAda = hanna.find(({ person }) => person?.firstName === 'Ada')!;
  expect(withAda).toMatchObject({ unreadCount: 3, isRequest: false });
  expect(hanna.filter(({ kind }) => kind === 'group').length).toBeGreaterThan(1);
  const [request] = await (await asCast('Goran'))('/requests');
  expect(request?.person?.firstName).toBe('Kasia');
});

it('plans events in all groups, answered and talked about', async () => {
  await expectCountsOfEvents(app);
  const events = await rows<{ groupId: string; cancelledAt: string | null; isOver: boolean }>(sql`
    SELECT e.group_id AS "groupId", e.cancelled_at AS "cancelledAt", e.over_at < ${new Date().toISOString()} AS "isOver"
    FROM events e`);
  expect(new Set(events.map(({ groupId }) => groupId)).size).toBe(4);
  expect(events.some(({ cancelledAt }) => cancelledAt !== null)).toBe(true);
  expect(new Set(events.map(({ isOver }) => Boolean(isOver))).size).toBe(2);
  const ada = await logIn(app, emailOf({ firstName: 'Ada' }));
  const { body: own } = await ada.get(`${API}/users/me/events?limit=50`).expect(200);
  expect(own.items.filter(({ response }: Event) => response).length).toBeGreaterThan(2);
  const talk = await rows(sql`
    SELECT c.id FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id IS NULL`);
  expect(talk.length).toBeGreaterThan(12);
});

it('has founded groups, in which people came over time and some wait', async () => {
  await expectGroupsToBeSound(app);
  const groups = await rows<{ title: string; members: number }>(
    sql`SELECT g.title, g.member_count AS members FROM groups g ORDER BY g.id`,
  );
  expect(groups).toHaveLength(4);
  for (const { members } of groups) expect(members).toBeGreaterThan(3);
  const joined = await rows<{ id: string }>(sql`SELECT id FROM memberships`);
  const weeks = new Set(joined.map(({ id }) => Math.floor(momentOf(id) / (7 * DAY))));
  expect(weeks.size).toBeGreaterThan(8);
  const kasia = await logIn(app, emailOf({ firstName: 'Kasia' }));
  const { body: unseen } = await kasia.get(`${API}/groups/unseen`).expect(200);
  expect(unseen).toEqual({ invitations: 1, requests: 0 });
  const ada = await logIn(app, emailOf({ firstName: 'Ada' }));
  const { body } = await ada.get(`${API}/groups/unseen`).expect(200);
  expect(body).toEqual({ invitations: 0, requests: 1 });
});

it('finds what people look for', async () => {
  const hanna = await logIn(app, emailOf({ firstName: 'Hanna' }));
  const missed: object[] = [];
  for (const [q, expected] of POST_SEARCHES) {
    const { body } = await hanna.get(`${API}/search/posts?${asked(q)}`).expect(200);
    const texts = (body as FoundPosts).items.map(({ excerpt }) =>
      excerpt.map(({ text }) => text).join(''),
    );
    const isThere =
      expected === null ? !texts.length : texts.slice(0, 3).some((text) => text.includes(expected));
    if (!isThere) missed.push({ q, expected, texts: texts.slice(0, 5) });
  }
  for (const [q, expected] of PEOPLE_SEARCHES) {
    const { body } = await hanna.get(`${API}/users?${asked(q)}`).expect(200);
    const names = (body as PeoplePage).items.map(({ firstName }) => firstName);
    if ((names[0] ?? null) !== expected) missed.push({ q, expected, names });
  }
  expect(missed).toEqual([]);
});
