import type { DataSource } from 'typeorm';
import { migrate, revertLast, schemaDrift } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
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

/** The events of these releases had no posts. */
const WITHOUT_POSTS = MIGRATIONS.findIndex(({ name }) => name.startsWith('GiveEventsPosts'));
const [GROUP, SERIES, OF_NOBODY] = [id(10), id(11), id(12)];

let created: TestDatabase;
beforeEach(async () => (created = await createTestDatabase({ isEmpty: true })));
afterEach(() => created.remove());

const named = (who: string, name: string) =>
  person(who, name, null)
    .replace('created_at)', 'created_at, search_name, handle)')
    .replace(`'${NOW}')`, `'${NOW}', ' ${name}', '${name.toLowerCase()}')`);

const series = (series: string, creator: string) => `
  INSERT INTO event_series (id, group_id, creator_id, title, description, zone, starts_local, created_at, changed_at)
  VALUES ('${series}', '${GROUP}', ${creator}, 'Swarm evening', '', 'Europe/Berlin', '2027-05-14T19:30', '${NOW}', '${NOW}')`;

const comment = (comment: string, post: string) => `
  INSERT INTO comments (id, post_id, author_id, content, created_at)
  VALUES ('${comment}', '${post}', '${BRUNO}', 'Hi', '${NOW}')`;

const kept = async (dataSource: DataSource) => ({
  posts: await dataSource.query(
    `SELECT id, author_id, audience, group_id, content, comment_count FROM posts WHERE id = '${POST}'`,
  ),
  comments: await dataSource.query(`SELECT id, content FROM comments WHERE post_id = '${POST}'`),
  likes: await dataSource.query('SELECT post_id, user_id FROM post_likes'),
  pinned: await dataSource.query('SELECT post_id FROM pinned_posts'),
  feeds: await dataSource.query(`SELECT owner_id FROM feed_entries WHERE post_id = '${POST}'`),
});

it('events get their posts, for members, and lose them on the way down; other posts keep all they have', async () => {
  await withRelease(created, WITHOUT_POSTS, async (dataSource) => {
    await migrate(dataSource);
    await insertAll(dataSource, [
      named(ADA, 'Ada'),
      named(BRUNO, 'Bruno'),
      `INSERT INTO groups (id, creator_id, title, description, search_text, member_count, created_at)
        VALUES ('${GROUP}', '${ADA}', 'Bees', '', '', 1, '${NOW}')`,
      `INSERT INTO memberships (id, group_id, user_id, role, joined_at)
        VALUES ('${id(13)}', '${GROUP}', '${ADA}', 'creator', '${NOW}')`,
      `INSERT INTO memberships (id, group_id, user_id, role, joined_at, ended_at, ended_by)
        VALUES ('${id(14)}', '${GROUP}', '${BRUNO}', 'member', '${NOW}', '${NOW}', 'left')`,
      series(SERIES, `'${ADA}'`),
      series(OF_NOBODY, 'NULL'),
      `INSERT INTO posts (id, author_id, audience, group_id, content, created_at, comment_count, like_count)
        VALUES ('${POST}', '${ADA}', 'group', '${GROUP}', 'Hello', '${NOW}', 1, 1)`,
      comment(COMMENT, POST),
      `INSERT INTO post_likes (id, post_id, user_id) VALUES ('${id(15)}', '${POST}', '${BRUNO}')`,
      `INSERT INTO pinned_posts (post_id, group_id, pinned_at) VALUES ('${POST}', '${GROUP}', '${NOW}')`,
      `INSERT INTO feed_entries (owner_id, post_id) VALUES ('${ADA}', '${POST}')`,
    ]);
  });
  const before = await withRelease(created, WITHOUT_POSTS, kept);
  await withRelease(created, WITHOUT_POSTS + 1, async (dataSource) => {
    await migrate(dataSource);
    expect(await kept(dataSource)).toEqual(before);
    const posts = () =>
      dataSource.query(
        `SELECT id, audience, group_id, content FROM posts WHERE author_id IS NULL ORDER BY id`,
      );
    const made = [SERIES, OF_NOBODY].map((series) => ({
      id: series,
      audience: 'group',
      group_id: GROUP,
      content: '',
    }));
    expect(await posts()).toEqual(made);
    expect(
      await dataSource.query(`SELECT owner_id FROM feed_entries WHERE post_id = '${SERIES}'`),
    ).toEqual([{ owner_id: ADA }]);
    await expect(
      dataSource.query(
        `INSERT INTO posts (id, audience, content, created_at) VALUES ('${id(16)}', 'public', '', '${NOW}')`,
      ),
    ).rejects.toThrow('posts_author_or_group');
    await dataSource.query(comment(id(17), SERIES));
    await revertLast(dataSource);
    expect(await kept(dataSource)).toEqual(before);
    expect((await dataSource.query('SELECT id FROM comments')).length).toBe(1);
    await migrate(dataSource);
    expect(await posts()).toEqual(made);
  });
  await withRelease(created, MIGRATIONS.length, async (dataSource) => {
    await migrate(dataSource);
    expect(await schemaDrift(dataSource)).toEqual([]);
  });
});
