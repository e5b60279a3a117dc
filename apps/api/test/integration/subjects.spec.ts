import { v7 as uuid } from 'uuid';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/data-source.js';
import { migrate } from '../../src/database/migrate.js';
import { Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql, type Sql } from '../../src/platform/database/statements.js';
import { insertComment, insertLike, insertPeople, insertPost } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** What the database itself enforces, whatever the program does. */

const NOW = '2026-01-01T00:00:00.000Z';
/** Refused by a reference, a check or a unique index, as either database says it. */
const REFUSED = /constraint/i;

let created: TestDatabase;
let dataSource: DataSource;
let database: Database;
let ada: string;
let bruno: string;
let post: string;
let comment: string;

beforeAll(async () => {
  created = await createTestDatabase();
  dataSource = await createDataSource(
    new Config({ NODE_ENV: 'test', ...created.environment }),
  ).initialize();
  await migrate(dataSource);
  database = new Database(dataSource);
});
beforeEach(async () => {
  [ada, bruno] = (await insertPeople(database, 2)) as [string, string];
  await database.transaction(async (transaction) => {
    post = await insertPost(transaction, ada, 'public');
    comment = await insertComment(transaction, { postId: post, authorId: bruno, parentId: null });
    await insertLike(transaction, 'posts', post, bruno);
    await insertLike(transaction, 'comments', comment, ada);
  });
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await created.remove();
});

const run = (query: Sql) => database.transaction((transaction) => transaction.run(query));
const count = async (rows: Sql) =>
  (await database.one<{ count: number }>(sql`SELECT count(*) AS count FROM ${rows}`))!.count;

const like = (kind: 'post' | 'comment', subject: string, user: string) =>
  run(
    kind === 'post'
      ? sql`INSERT INTO post_likes (id, post_id, user_id) VALUES (${uuid()}, ${subject}, ${user})`
      : sql`INSERT INTO comment_likes (id, comment_id, user_id) VALUES (${uuid()}, ${subject}, ${user})`,
  );

const media = async (values: {
  owner?: string | null;
  registration?: string | null;
  purpose?: string;
  status?: string;
  post?: string | null;
  comment?: string | null;
}) => {
  const { owner = ada, registration = null, purpose = 'attachment', status = 'ready' } = values;
  const id = uuid();
  await run(sql`
    INSERT INTO media (id, owner_id, registration_id, purpose, kind, status, width, height, placeholder, bytes, post_id,
      comment_id, created_at)
    VALUES (${id}, ${owner}, ${registration}, ${purpose}, 'image', ${status}, 1, 1, '', 1, ${values.post ?? null},
      ${values.comment ?? null}, ${NOW})`);
  return id;
};

const register = async () => {
  const id = uuid();
  await run(sql`
    INSERT INTO registrations (id, email, password_hash, profile, created_at, expires_at)
    VALUES (${id}, 'a@example.org', '', '{}', ${NOW}, ${NOW})`);
  return id;
};

describe('a like', () => {
  it('is refused for a subject that does not exist, or is of another kind', async () => {
    for (const subject of [uuid(), comment, ada])
      await expect(like('post', subject, bruno)).rejects.toThrow(REFUSED);
    for (const subject of [uuid(), post, ada])
      await expect(like('comment', subject, bruno)).rejects.toThrow(REFUSED);
    await expect(like('post', post, uuid())).rejects.toThrow(REFUSED);
    await expect(like('post', post, bruno)).rejects.toThrow(REFUSED);
    await expect(like('comment', comment, ada)).rejects.toThrow(REFUSED);
    await like('post', post, ada);
    await like('comment', comment, bruno);
  });

  it('is deleted with its subject, and with the person', async () => {
    const likes = async () => [
      await count(sql`post_likes l WHERE l.post_id = ${post}`),
      await count(sql`comment_likes l WHERE l.comment_id = ${comment}`),
    ];
    expect(await likes()).toEqual([1, 1]);
    await run(sql`DELETE FROM comments WHERE id = ${comment}`);
    expect(await likes()).toEqual([1, 0]);
    await run(sql`DELETE FROM users WHERE id = ${bruno}`);
    expect(await likes()).toEqual([0, 0]);
    await like('post', post, ada);
    await run(sql`DELETE FROM posts WHERE id = ${post}`);
    expect(await likes()).toEqual([0, 0]);
  });
});

describe('a medium', () => {
  it('is refused for a subject that does not exist, or is of another kind', async () => {
    for (const subject of [uuid(), comment])
      await expect(media({ post: subject })).rejects.toThrow(REFUSED);
    for (const subject of [uuid(), post])
      await expect(media({ comment: subject })).rejects.toThrow(REFUSED);
    for (const owner of [uuid(), post]) await expect(media({ owner })).rejects.toThrow(REFUSED);
    await expect(media({ owner: null, registration: uuid() })).rejects.toThrow(REFUSED);
    await media({ post });
    await media({ comment });
    await media({});
  });

  it('is refused with no owner, two owners, or two subjects', async () => {
    const registration = await register();
    await expect(media({ owner: null })).rejects.toThrow(REFUSED);
    await expect(media({ owner: ada, registration })).rejects.toThrow(REFUSED);
    await expect(media({ post, comment })).rejects.toThrow(REFUSED);
    for (const purpose of ['avatar', 'banner']) {
      await expect(media({ purpose, post })).rejects.toThrow(REFUSED);
      await expect(media({ purpose, comment })).rejects.toThrow(REFUSED);
    }
    await media({ owner: null, registration, purpose: 'avatar' });
    await expect(media({ owner: null, registration, purpose: 'avatar' })).rejects.toThrow(REFUSED);
  });

  it('is shown as avatar or banner one at a time', async () => {
    for (const purpose of ['avatar', 'banner']) {
      await media({ purpose });
      await media({ purpose, status: 'processing' });
      await expect(media({ purpose })).rejects.toThrow(REFUSED);
      await media({ purpose, owner: bruno });
    }
  });

  it('is attached to nothing when what it was attached to is gone, so that it expires with its files', async () => {
    const [ofPost, ofComment] = [await media({ post }), await media({ owner: bruno, comment })];
    await run(sql`DELETE FROM posts WHERE id = ${post}`);
    for (const id of [ofPost, ofComment])
      expect(
        await count(sql`media m WHERE m.id = ${id} AND m.post_id IS NULL AND m.comment_id IS NULL`),
      ).toBe(1);
  });

  it('keeps a registration from going without it', async () => {
    const registration = await register();
    const id = await media({ owner: null, registration, purpose: 'avatar' });
    const forget = () => run(sql`DELETE FROM registrations WHERE id = ${registration}`);
    await expect(forget()).rejects.toThrow(REFUSED);
    await run(sql`DELETE FROM media WHERE id = ${id}`);
    await forget();
  });
});
