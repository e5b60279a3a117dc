import { v7 as uuid } from 'uuid';
import { FeedRepository } from '../../src/modules/feed/feed.repository.js';
import { PostsRepository } from '../../src/modules/posts/posts.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql, Statement } from '../../src/platform/database/statements.js';
import { insertFollow, insertPeople } from '../support/rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { testsRunOn } from '../support/test-database.js';

const FOLLOWED = 400;
const POSTS_OF_EACH = 20;
const PAGE = 20;

interface PlanNode {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/** How many posts and entries of feeds a plan looked at. */
const postsRead = (node: PlanNode): number =>
  (['posts', 'feed_entries'].includes(node['Relation Name'] ?? '')
    ? node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0))
    : 0) + (node.Plans ?? []).reduce((sum, inner) => sum + postsRead(inner), 0);

let app: TestApp;
let database: Database;
let readerId: string;
beforeAll(async () => {
  app = await startTestApp();
  database = app.get(Database);
  const [reader, ...authors] = await insertPeople(database, FOLLOWED + 1);
  readerId = reader!;
  const from = Date.now() - 1000 * FOLLOWED * POSTS_OF_EACH;
  await database.transaction(async (transaction) => {
    for (const author of authors) await insertFollow(transaction, readerId, author);
    for (let round = 0; round < POSTS_OF_EACH; round++) {
      const posts = authors.map((author, at) => {
        const msecs = from + 1000 * (round * FOLLOWED + at);
        return sql`(${uuid({ msecs })}, ${author}, 'public', 'Hello', ${new Date(msecs).toISOString()})`;
      });
      await transaction.run(
        sql`INSERT INTO posts (id, author_id, audience, content, created_at) VALUES ${join(posts)}`,
      );
    }
    await transaction.run(
      sql`INSERT INTO feed_entries (owner_id, post_id) SELECT ${readerId}, id FROM posts ORDER BY id`,
    );
  });
});
afterAll(() => app.close());

describe('a page of the home feed', () => {
  const feed = () => app.get(FeedRepository);
  const newest = async () =>
    feed().newest(readerId, await feed().findPortion(readerId, {}, PAGE + 1), PAGE + 1);

  it('is the newest posts', async () => {
    const rows = await app.get(PostsRepository).findRows(readerId, await newest(), PAGE + 1);
    const expected = await database.many<{ id: string }>(
      sql`SELECT id FROM posts ORDER BY id DESC LIMIT ${PAGE + 1}`,
    );
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  // SQLite has no count of rows read; `npm run bench -- hostile` measures its plans.
  if (testsRunOn === 'postgres')
    it.each(['before', 'after'])('reads along the feed %s ANALYZE', async (when) => {
      await database.transaction(async (transaction) => {
        if (when === 'after') await transaction.run(sql`ANALYZE`);
      });
      const { posts, values } = await newest();
      const [row] = await database.many<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        new Statement(sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${posts.sql}`, values),
      );
      expect(postsRead(row!['QUERY PLAN'][0].Plan)).toBeLessThan(PAGE * 10);
    });
});
