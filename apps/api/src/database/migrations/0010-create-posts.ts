import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreatePosts1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE posts (
        id ${type.id} PRIMARY KEY NOT NULL,
        author_id ${type.id} NOT NULL,
        audience text NOT NULL,
        shared_id ${type.id},
        title text,
        content text NOT NULL,
        like_count integer NOT NULL DEFAULT 0,
        comment_count integer NOT NULL DEFAULT 0,
        created_at ${type.time} NOT NULL,
        edited_at ${type.time},
        deleted_at ${type.time},
        CONSTRAINT "posts_author_fk" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "posts_shared_fk" FOREIGN KEY ("shared_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX posts_of_author ON posts (author_id, id)`);
    await runner.query(`CREATE INDEX posts_of_shared ON posts (shared_id, id)`);
    await runner.query(`
      CREATE TABLE chosen_followers (
        post_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        follow_id ${type.id} NOT NULL,
        PRIMARY KEY (post_id, user_id),
        CONSTRAINT "chosen_followers_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
        CONSTRAINT "chosen_followers_follow_fk" FOREIGN KEY ("follow_id") REFERENCES "follows" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX chosen_followers_of_follow ON chosen_followers (follow_id)`);
    await runner.query(`
      CREATE TABLE post_versions (
        id ${type.id} PRIMARY KEY NOT NULL,
        post_id ${type.id} NOT NULL,
        title text,
        content text NOT NULL,
        written_at ${type.time} NOT NULL,
        CONSTRAINT "post_versions_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX post_versions_of_post ON post_versions (post_id, id)`);
    await runner.query(`
      CREATE TABLE post_hashtags (
        tag text NOT NULL,
        post_id ${type.id} NOT NULL,
        PRIMARY KEY (tag, post_id),
        CONSTRAINT "post_hashtags_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX post_hashtags_of_post ON post_hashtags (post_id)`);
    await runner.query(`
      CREATE TABLE post_mentions (
        user_id ${type.id} NOT NULL,
        post_id ${type.id} NOT NULL,
        PRIMARY KEY (user_id, post_id),
        CONSTRAINT "post_mentions_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "post_mentions_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX post_mentions_of_post ON post_mentions (post_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE post_mentions');
    await runner.query('DROP TABLE post_hashtags');
    await runner.query('DROP TABLE post_versions');
    await runner.query('DROP TABLE chosen_followers');
    await runner.query('DROP TABLE posts');
  }
}
