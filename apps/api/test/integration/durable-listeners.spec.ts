import { jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { FollowsService } from '../../src/modules/follows/follows.service.js';
import { PostWritingService } from '../../src/modules/posts/post-writing.service.js';
import { UsersService } from '../../src/modules/users/users.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { listsSettled } from '../support/posts.js';
import { insertPeople } from '../support/rows.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';

/** What ends between the commit and the first listener: it has saved, and runs no jobs. */
async function startWithoutWorkers(database: Awaited<ReturnType<typeof createTestDatabase>>) {
  const workers = jest.spyOn(Jobs.prototype, 'onApplicationBootstrap').mockResolvedValue();
  const app = await startTestApp({}, BODY_KINDS, database);
  workers.mockRestore();
  return app;
}

interface WaitingJob {
  kind: string;
  payload: string;
}

const stateOf = async (app: TestApp) => {
  const database = app.get(Database);
  return {
    entries: await database.many(
      sql`SELECT e.owner_id, e.post_id FROM feed_entries e ORDER BY e.owner_id, e.post_id`,
    ),
    reach: await database.many(sql`SELECT h.tag, h.reach FROM post_hashtags h ORDER BY h.tag`),
  };
};

describe('after a crash between the commit and what follows from it', () => {
  it('every durable listener does its work, once and the same however often it is tried', async () => {
    const shared = await createTestDatabase();
    const before = await startWithoutWorkers(shared);
    const posts = before.get(PostWritingService);
    const follows = before.get(FollowsService);
    const [ada, bruno, chidi] = (await insertPeople(before.get(Database), 3)) as [
      string,
      string,
      string,
    ];
    const write = async (by: string, content: string) =>
      (await posts.create(by, { content, audience: 'public' })).id;
    const earlier = await write(bruno, 'from before Ada came');
    await follows.follow(ada, bruno);
    await follows.follow(ada, chidi);
    const later = await write(bruno, 'for everyone who follows #harbour');
    await write(chidi, 'of someone who is unfollowed');
    await follows.unfollow(ada, chidi);
    await before.get(UsersService).updateVisibility(bruno, 'private');
    const waiting = await before
      .get(Database)
      .many<WaitingJob>(
        sql`SELECT kind, payload FROM jobs WHERE kind LIKE 'feed.%' OR kind LIKE 'posts.%'`,
      );
    expect([...new Set(waiting.map(({ kind }) => kind))].sort()).toEqual([
      'feed.backfill',
      'feed.fan-out',
      'feed.remove-author',
      'posts.settle-reach',
    ]);
    expect(await stateOf(before)).toEqual({
      entries: [],
      reach: [{ tag: 'harbour', reach: 'everyone' }],
    });
    await before.app.close();

    const after = await startTestApp({}, BODY_KINDS, shared);
    try {
      const expected = {
        entries: [earlier, later].map((post_id) => ({ owner_id: ada, post_id })),
        reach: [{ tag: 'harbour', reach: 'followers' }],
      };
      await listsSettled(after);
      expect(await stateOf(after)).toEqual(expected);
      // A process that ends before it could note that a job is done leaves it to be done again.
      await after.get(Database).transaction(async (transaction) => {
        const now = new Date().toISOString();
        for (const { kind, payload } of [...waiting, ...waiting])
          await transaction.run(sql`
            INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
            VALUES (${uuid()}, ${kind}, ${payload}, 'waiting', ${now}, 1, ${now})`);
      });
      await listsSettled(after);
      expect(await stateOf(after)).toEqual(expected);
    } finally {
      await after.close();
    }
  });
});
