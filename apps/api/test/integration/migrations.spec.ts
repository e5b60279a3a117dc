import type { DataSource } from 'typeorm';
import { migrate, revertLast } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import {
  ADA,
  BRUNO,
  COMMENT,
  id,
  insertAll,
  NOW,
  person,
  POST,
  withRelease,
} from '../support/earlier-releases.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Installations of these releases had these many migrations; the rows are as they wrote them then. */
const FIRST_RELEASE = 7;
const WITH_POSTS = 13;

let created: TestDatabase;

beforeEach(async () => (created = await createTestDatabase({ isEmpty: true })));
afterEach(() => created.remove());

const follow = `
  INSERT INTO follows (id, follower_id, followee_id, status, created_at)
  VALUES ('${id(5)}', '${BRUNO}', '${ADA}', 'accepted', '${NOW}')`;

describe('a database that an earlier release has filled', () => {
  it('of people goes all the way up, and its people are found by their names', async () => {
    await withRelease(created, FIRST_RELEASE, async (dataSource) => {
      await migrate(dataSource);
      await insertAll(dataSource, [
        person(ADA, 'Ada', 'Countess'),
        person(BRUNO, 'Bruno', null),
        follow,
      ]);
    });
    await withRelease(created, MIGRATIONS.length, async (dataSource) => {
      await migrate(dataSource);
      const database = new Database(dataSource);
      const people = await database.many(
        sql`SELECT id, search_name AS "searchName" FROM users ORDER BY id`,
      );
      expect(people).toEqual([
        { id: ADA, searchName: ' ada okafor countess ada' },
        { id: BRUNO, searchName: ' bruno okafor bruno' },
      ]);
      const found = await database.many(
        sql`SELECT DISTINCT n.user_id AS id FROM user_names n WHERE n.word LIKE 'okaf%' ORDER BY n.user_id`,
      );
      expect(found).toEqual([{ id: ADA }, { id: BRUNO }]);
      await database.onApplicationShutdown();
    });
  });

  it('of posts goes up, down and up again, and loses nothing that both ends know', async () => {
    await withRelease(created, WITH_POSTS, async (dataSource) => {
      await migrate(dataSource);
      await insertAll(dataSource, [
        person(ADA, 'Ada', null)
          .replace('created_at)', 'created_at, search_name)')
          .replace(`'${NOW}')`, `'${NOW}', ' ada okafor')`),
        person(BRUNO, 'Bruno', null)
          .replace('created_at)', 'created_at, search_name)')
          .replace(`'${NOW}')`, `'${NOW}', ' bruno okafor')`),
        follow,
        `INSERT INTO posts (id, author_id, audience, content, created_at, edited_at, comment_count, like_count)
          VALUES ('${POST}', '${ADA}', 'followers', 'Now #harbour', '${NOW}', '${NOW}', 1, 1)`,
        `INSERT INTO post_versions (id, post_id, content, written_at) VALUES ('${id(6)}', '${POST}', 'Before', '${NOW}')`,
        `INSERT INTO post_hashtags (tag, post_id) VALUES ('harbour', '${POST}')`,
        `INSERT INTO comments (id, post_id, author_id, content, created_at) VALUES ('${COMMENT}', '${POST}', '${BRUNO}', 'Hi', '${NOW}')`,
        `INSERT INTO likes (id, subject_id, user_id) VALUES ('${id(7)}', '${POST}', '${BRUNO}')`,
        `INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
          VALUES ('${id(8)}', 'feed.hand-out', '{"postId":"${POST}"}', 'waiting', '${NOW}', 0, '${NOW}')`,
        `INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
          VALUES ('${id(9)}', 'posts.settle-hashtags', '{"authorId":"${ADA}"}', 'waiting', '${NOW}', 0, '${NOW}')`,
      ]);
    });
    const kept = async (
      dataSource: DataSource,
      likes = 'SELECT post_id AS subject_id, user_id FROM post_likes',
    ) => ({
      posts: await dataSource.query(
        'SELECT id, audience, content, comment_count, like_count FROM posts',
      ),
      versions: await dataSource.query('SELECT content FROM post_versions'),
      tags: await dataSource.query('SELECT tag, post_id FROM post_hashtags'),
      comments: await dataSource.query('SELECT id, content FROM comments'),
      likes: await dataSource.query(likes),
      follows: await dataSource.query('SELECT follower_id, followee_id, status FROM follows'),
      jobs: (
        await dataSource.query(`SELECT id FROM jobs WHERE kind <> 'search.rebuild' ORDER BY id`)
      ).length,
    });
    const LIKES = 'SELECT subject_id, user_id FROM likes';
    const before = await withRelease(created, WITH_POSTS, (dataSource) => kept(dataSource, LIKES));
    await withRelease(created, MIGRATIONS.length, async (dataSource) => {
      await migrate(dataSource);
      expect(await kept(dataSource)).toEqual(before);
      expect(await dataSource.query('SELECT tag, reach, author_id FROM post_hashtags')).toEqual([
        { tag: 'harbour', reach: 'followers', author_id: ADA },
      ]);
      expect(
        await dataSource.query(
          `SELECT kind, payload FROM jobs WHERE kind <> 'search.rebuild' ORDER BY id`,
        ),
      ).toEqual([
        { kind: 'feed.fan-out', payload: JSON.stringify({ postId: POST }) },
        { kind: 'posts.settle-reach', payload: JSON.stringify({ userId: ADA }) },
      ]);
      for (let left = MIGRATIONS.length; left > WITH_POSTS; left--) await revertLast(dataSource);
      expect(await kept(dataSource, LIKES)).toEqual(before);
      expect(
        await dataSource.query(`SELECT kind FROM jobs WHERE kind <> 'search.rebuild' ORDER BY id`),
      ).toEqual([{ kind: 'feed.hand-out' }, { kind: 'posts.settle-hashtags' }]);
      await migrate(dataSource);
      expect(await kept(dataSource)).toEqual(before);
    });
  });
});
