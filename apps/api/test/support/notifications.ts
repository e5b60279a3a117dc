import type { Notification } from '@echomate/contracts/notifications.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import type { Person } from './neighbourhood.js';
import { get } from './posts.js';
import type { TestApp } from './test-app.js';
import { until } from './until.js';

/** Whatever is announced is told by jobs. */
export const allTold = (app: TestApp): Promise<unknown> =>
  until('everybody was told', async () => {
    const waiting = await app
      .get(Database)
      .one(sql`SELECT id FROM jobs WHERE kind LIKE 'notifications.of-%' LIMIT 1`);
    return !waiting;
  });

export const toldTo = async (app: TestApp, who: Person): Promise<Notification[]> => {
  await allTold(app);
  return (await get(who, 'notifications')).items;
};

export const unseen = async (app: TestApp, who: Person): Promise<number> => {
  await allTold(app);
  return (await get(who, 'notifications/unseen')).unseen;
};

/** The kinds with the first names of who did it. */
export const inShort = (notifications: Notification[]): string[] =>
  notifications.map(({ kind, people }) =>
    [kind, ...people.map(({ firstName }) => firstName)].join(' '),
  );
