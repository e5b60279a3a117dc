import type { Notification } from '@echomate/contracts/notifications.dto';
import { v7 as uuid } from 'uuid';
import { actAmid, crowdOfTwos, PAIRS, writeAndCompare } from '../support/live-crowd.js';
import { LivePage } from '../support/live-page.js';
import { ServerToKill } from '../support/server-to-kill.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/** What was under way waits no longer. */
const SETTINGS = { JOB_LEASE_SECONDS: '2' };

let database: TestDatabase;
let server: ServerToKill;
let pairs: Awaited<ReturnType<typeof crowdOfTwos>>;
let pages: LivePage[];

beforeAll(async () => {
  database = await createTestDatabase();
  pairs = await crowdOfTwos(database, PAIRS);
  server = await ServerToKill.start({ ...database.environment, ...SETTINGS });
});
beforeEach(async () => {
  pages = pairs.flatMap(({ people, conversationId }) =>
    people.map((person) => new LivePage(server.url, person, conversationId)),
  );
  await until('all are connected', () => pages.every(({ isConnected }) => isConnected));
});
afterEach(() => {
  for (const page of pages) page.close();
});
afterAll(async () => {
  await server.kill();
  await database.remove();
});

async function killAndRestart(): Promise<void> {
  await server.kill();
  await server.start();
}

/** What was under way when it was killed. */
const expectTriedAgain = () =>
  expect(pages.filter(({ failures }) => failures > 0).length).toBeGreaterThan(pages.length / 2);

describe('a server that is killed amid', () => {
  it('500 messages a second has all it acknowledged, once, in one order; pages catch up by themselves', async () => {
    await writeAndCompare(pages, killAndRestart);
    expectTriedAgain();
  });

  it('posts that mention people tells each of them once of every post', async () => {
    const told = new Map(pages.map((page) => [page, 0]));
    for (const page of pages)
      page.onChange(async () => {
        const { unseen } = await page.ask<{ unseen: number }>('GET', 'notifications/unseen');
        told.set(page, Math.max(told.get(page)!, unseen));
      });
    const mentions = new Map<LivePage, string[]>(pages.map((page) => [page, []]));
    await actAmid(pages, killAndRestart, async (page, round) => {
      // The others write messages, as before.
      const at = pages.indexOf(page);
      if (at % 5) return page.say(`${round}`, uuid());
      const mentioned = pages[(at + 1 + round) % pages.length]!;
      if (mentioned === page) return;
      const content = `Look @${mentioned.person.id}`;
      const key = { 'idempotency-key': uuid() };
      const post = await page.ask<{ id: string }>(
        'POST',
        'posts',
        { content, audience: 'public' },
        key,
      );
      mentions.get(mentioned)!.push(post.id);
    });
    expectTriedAgain();
    for (const page of pages) {
      const due = mentions.get(page)!.toSorted();
      const list = await until('all is told', async () => {
        const all = await allTold(page);
        return ofPosts(all).length >= due.length && all;
      });
      expect(ofPosts(list)).toEqual(due);
      await until('the page was told', () => told.get(page) === list.length);
    }
  });
});

const ofPosts = (notifications: Notification[]): string[] =>
  notifications.flatMap(({ kind, post }) => (kind === 'mention' ? [post!.id] : [])).toSorted();

async function allTold(page: LivePage): Promise<Notification[]> {
  const read: Notification[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor && `&cursor=${cursor}`;
    const answer: { items: Notification[]; nextCursor: string | null } = await page.ask(
      'GET',
      `notifications?limit=50${from}`,
    );
    read.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return read;
}
