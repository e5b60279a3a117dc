import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@echomate/contracts/chat.dto';
import { v7 as uuid } from 'uuid';
import type { LivePage, LivePerson } from './live-page.js';
import { somebody } from './sockets.js';
import { API, startTestApp } from './test-app.js';
import type { TestDatabase } from './test-database.js';
import { until } from './until.js';

/** Fifty people, who together do 500 things a second */
export const PAIRS = 25;
const EACH_EVERY_MS = 100;
const HAPPENS_AFTER_MS = 3000;
const GOES_ON_FOR_MS = 2000;

/** People in twos, each two with a conversation, in a database that servers start on afterwards. */
export async function crowdOfTwos(database: TestDatabase, twos: number) {
  const app = await startTestApp({}, undefined, database);
  const pairs: { people: [LivePerson, LivePerson]; conversationId: string }[] = [];
  for (let at = 0; at < twos; at++) {
    const one = await somebody(app, `one.${at}@example.org`);
    const other = await somebody(app, `other.${at}@example.org`);
    await one.browser.put(`${API}/users/${other.id}/follow`).expect(200);
    const { body } = await one.browser.post(`${API}/conversations`).send({ userId: other.id });
    pairs.push({ people: [one, other], conversationId: body.id as string });
  }
  await app.app.close();
  return pairs;
}

/** Everyone acts at their own pace, and tries again what got no answer; in the middle something happens to a server. */
export async function actAmid(
  pages: LivePage[],
  happen: () => Promise<unknown>,
  act: (page: LivePage, round: number) => Promise<unknown>,
): Promise<void> {
  let isOver = false;
  const acting = pages.map(async (page, at) => {
    await sleep((at / pages.length) * EACH_EVERY_MS);
    for (let round = 0; !isOver; round++) {
      const next = performance.now() + EACH_EVERY_MS;
      await act(page, round);
      await sleep(Math.max(0, next - performance.now()));
    }
  });
  await sleep(HAPPENS_AFTER_MS);
  await happen();
  await sleep(GOES_ON_FOR_MS);
  isOver = true;
  await Promise.all(acting);
}

const ids = (messages: Iterable<{ id: string }>) => [...messages].map(({ id }) => id);

/**
 * Everyone writes. Then what was acknowledged is there once and in the order in which it was written, the two of each
 * pair read the same, and so do their pages without asking anew.
 */
export async function writeAndCompare(
  pages: LivePage[],
  happen: () => Promise<unknown>,
): Promise<void> {
  const acknowledged = new Map(pages.map((page) => [page, [] as Message[]]));
  await actAmid(pages, happen, async (page, round) => {
    acknowledged.get(page)!.push(await page.say(`${page.person.id} ${round}`, uuid()));
  });
  for (let at = 0; at < pages.length; at += 2) {
    const both = pages.slice(at, at + 2);
    const [history, others] = await Promise.all(both.map((page) => page.history()));
    expect(ids(others!)).toEqual(ids(history!));
    for (const page of both) {
      const own = acknowledged.get(page)!;
      const shown = history!.filter(({ sender }) => sender!.id === page.person.id);
      expect(shown.map(({ content }) => content)).toEqual(
        own.map((_, round) => `${page.person.id} ${round}`),
      );
      expect(ids(shown)).toEqual(ids(own));
      await until('the page has all', () => page.messages.size === history!.length);
      expect(ids(page.messages.values()).sort()).toEqual(ids(history!));
    }
  }
}
