import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerPushes } from '@echomate/contracts/realtime';
import { openPage } from './chat.js';
import type { Person } from './neighbourhood.js';
import type { TestApp } from './test-app.js';
import { until } from './until.js';

type Changed = Parameters<ServerPushes['shown.changed']>[0];
type Gone = Parameters<ServerPushes['shown.gone']>[0];
interface Showing {
  post?: string[];
  event?: string[];
  group?: string[];
  person?: string[];
  feed?: boolean;
}

/** Longer than a push waits, and than a second one of the same thing. */
export const settled = () => sleep(1400);

/** Somebody's open page that shows these, once the api knows it. */
export async function looking(app: TestApp, who: Person, showing: Showing) {
  const page = await openPage(app, who);
  const shows = async (next: Showing) => {
    page.line.emit('showing', {
      post: [],
      event: [],
      group: [],
      person: [],
      feed: false,
      ...next,
    });
    await sleep(500);
  };
  await shows(showing);
  const things = () =>
    page.told.flatMap(({ name, payload }) =>
      name === 'shown.changed'
        ? (payload as unknown as Changed).things.map(({ kind, id }) => `${kind} ${id}`)
        : [],
    );
  const gone = () =>
    page.told.flatMap(({ name, payload }) =>
      name === 'shown.gone'
        ? (payload as unknown as Gone).things.map(({ kind, id }) => `${kind} ${id}`)
        : [],
    );
  return {
    ...page,
    shows,
    /** Of what it heard that it has changed, and that it is gone. */
    things,
    gone,
    hears: (what: string) => until(`it hears of ${what}`, () => things().includes(what)),
    loses: (what: string) => until(`it loses ${what}`, () => gone().includes(what)),
    /** All it was told, but for pushes of other kinds. */
    heard: () => page.told.filter(({ name }) => /^(shown|feed)\./.test(name)),
  };
}
