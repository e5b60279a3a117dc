import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addedReference, columnTypes } from '../../platform/database/columns.js';

const isPostgres = (runner: QueryRunner): boolean => runner.connection.options.type === 'postgres';

const CHECK = `CONSTRAINT "posts_author_or_group" CHECK (author_id IS NOT NULL OR audience = 'group')`;

/** SQLite changes a column only with its table. On the way up foreign keys are off, so what refers to posts stays. */
async function rebuild(runner: QueryRunner): Promise<void> {
  const type = columnTypes(runner);
  const columns = `id, author_id, audience, shared_id, title, content, like_count, comment_count, created_at,
    edited_at, deleted_at, group_id, deleted_by_id`;
  await runner.query(`CREATE TABLE posts_kept AS SELECT ${columns} FROM posts`);
  await runner.query(`DROP TABLE posts`);
  await runner.query(`
    CREATE TABLE posts (
      id ${type.id} PRIMARY KEY NOT NULL,
      author_id ${type.id},
      audience text NOT NULL,
      shared_id ${type.id},
      title text,
      content text NOT NULL,
      like_count integer NOT NULL DEFAULT 0,
      comment_count integer NOT NULL DEFAULT 0,
      created_at ${type.time} NOT NULL,
      edited_at ${type.time},
      deleted_at ${type.time},
      group_id ${type.id} ${addedReference('posts_group_fk', 'group_id', 'groups')},
      deleted_by_id ${type.id},
      ${CHECK},
      CONSTRAINT "posts_author_fk" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE,
      CONSTRAINT "posts_shared_fk" FOREIGN KEY ("shared_id") REFERENCES "posts" ("id") ON DELETE CASCADE
    )`);
  await runner.query(`INSERT INTO posts (${columns}) SELECT ${columns} FROM posts_kept`);
  await runner.query(`DROP TABLE posts_kept`);
  await runner.query(`CREATE INDEX posts_of_author ON posts (author_id, id)`);
  await runner.query(`CREATE INDEX posts_of_shared ON posts (shared_id, id)`);
  await runner.query(
    `CREATE INDEX posts_of_group ON posts (group_id, id) WHERE group_id IS NOT NULL`,
  );
}

/** Every event has a post in its group, without an author and with the id of the event's series. */
export class GiveEventsPosts1764000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (isPostgres(runner)) {
      await runner.query(`ALTER TABLE posts ALTER COLUMN author_id DROP NOT NULL`);
      await runner.query(`ALTER TABLE posts ADD ${CHECK}`);
    } else await rebuild(runner);
    await runner.query(`
      INSERT INTO posts (id, audience, group_id, content, created_at)
      SELECT s.id, 'group', s.group_id, '', s.created_at FROM event_series s`);
    await runner.query(`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT m.user_id, s.id FROM event_series s JOIN memberships m ON m.group_id = s.group_id
      WHERE m.ended_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const posts = `(SELECT p.id FROM posts p WHERE p.author_id IS NULL)`;
    const comments = `(SELECT c.id FROM comments c WHERE c.post_id IN ${posts})`;
    await runner.query(`UPDATE media SET comment_id = NULL WHERE comment_id IN ${comments}`);
    await runner.query(`DELETE FROM comment_likes WHERE comment_id IN ${comments}`);
    for (const table of ['comments', 'post_likes', 'pinned_posts', 'feed_entries'])
      await runner.query(`DELETE FROM ${table} WHERE post_id IN ${posts}`);
    await runner.query(`DELETE FROM posts WHERE author_id IS NULL`);
    // On SQLite the column stays as it is: earlier releases always fill it.
    if (!isPostgres(runner)) return;
    await runner.query(`ALTER TABLE posts DROP CONSTRAINT "posts_author_or_group"`);
    await runner.query(`ALTER TABLE posts ALTER COLUMN author_id SET NOT NULL`);
  }
}
