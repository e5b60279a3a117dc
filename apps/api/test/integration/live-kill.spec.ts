import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@echomate/contracts/chat.dto';
import type { Notification } from '@echomate/contracts/notifications.dto';
import { v7 as uuid } from 'uuid';
import { crowdOfTwos } from '../support/live-crowd.js';
import { LivePage } from '../support/live-page.js';
import { ServerToKill } from '../support/server-to-kill.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/** Together 500 actions a second */
const SENDERS = 50;
const EACH_EVERY_MS = 100;
const KILLED_AFTER_MS = 3000;
const GOES_ON_FOR_MS = 2000;

/** What was under way waits no longer. */
const SETTINGS = { JOB_LEASE_SECONDS: '2' };

let database: TestDatabase;
let server: ServerToKill;
let pairs: Awaited<ReturnType<typeof crowdOfTwos>>;
let pages: LivePage[];

beforeAll(async () => {
  database = await createTestDatabase();
  pairs = await crowdOfTwos(database, SENDERS / 2);
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

/** Everyone acts at their own pace until it is over; in the middle the server is killed, and comes back. */
async function killAmid(act: (page: LivePage, round: number) => Promise<unknown>): Promise<void> {
  let isOver = false;
  const acting = pages.map(async (page, at) => {
    await sleep((at / SENDERS) * EACH_EVERY_MS);
    for (let round = 0; !isOver; round++) {
      const next = performance.now() + EACH_EVERY_MS;
      await act(page, round);
      await sleep(Math.max(0, next - performance.now()));
    }
  });
  await sleep(KILLED_AFTER_MS);
  await server.kill();
  await server.start();
  await sleep(GOES_ON_FOR_MS);
  isOver = true;
  await Promise.all(acting);
  // Whatever was under way when it was killed was tried again.
  expect(pages.filter(({ failures }) => failures > 0).length).toBeGreaterThan(SENDERS / 2);
}

const ids = (messages: Iterable<{ id: string }>) => [...messages].map(({ id }) => id);
const contents = (messages: Message[]) => messages.map(({ content }) => content);

describe('a server that is killed amid', () => {
  it('500 messages a second has all it acknowledged, once, in one order; pages catch up by themselves', async () => {
    const acknowledged = new Map(pages.map((page) => [page, [] as Message[]]));
    await killAmid(async (page, round) => {
      const message = await page.say(`${page.person.id} ${round}`, uuid());
      acknowledged.get(page)!.push(message);
    });
    for (let at = 0; at < pages.length; at += 2) {
      const both = pages.slice(at, at + 2);
      const [history, others] = await Promise.all(both.map((page) => page.history()));
      expect(ids(others!)).toEqual(ids(history!));
      for (const page of both) {
        const own = acknowledged.get(page)!;
        const shown = history!.filter(({ sender }) => sender!.id === page.person.id);
        expect(contents(shown)).toEqual(own.map((_, round) => `${page.person.id} ${round}`));
        expect(ids(shown)).toEqual(ids(own));
        await until('the page has all', () => page.messages.size === history!.length);
        expect(ids(page.messages.values()).sort()).toEqual(ids(history!));
      }
    }
  });

  it('posts that mention people tells each of them once of every post', async () => {
    const told = new Map(pages.map((page) => [page, 0]));
    for (const page of pages)
      page.onChange(async () => {
        const { unseen } = await page.ask<{ unseen: number }>('GET', 'notifications/unseen');
        told.set(page, Math.max(told.get(page)!, unseen));
      });
    const mentions = new Map<LivePage, string[]>(pages.map((page) => [page, []]));
    await killAmid(async (page, round) => {
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
