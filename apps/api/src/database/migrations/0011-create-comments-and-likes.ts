import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateCommentsAndLikes1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE comments (
        id ${type.id} PRIMARY KEY NOT NULL,
        post_id ${type.id} NOT NULL,
        author_id ${type.id} NOT NULL,
        parent_id ${type.id},
        content text NOT NULL,
        like_count integer NOT NULL DEFAULT 0,
        reply_count integer NOT NULL DEFAULT 0,
        created_at ${type.time} NOT NULL,
        edited_at ${type.time},
        deleted_at ${type.time},
        CONSTRAINT "comments_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
        CONSTRAINT "comments_author_fk" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "comments_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "comments" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX comments_of_post ON comments (post_id, parent_id, id)`);
    await runner.query(`CREATE INDEX comments_of_parent ON comments (parent_id, id)`);
    await runner.query(`CREATE INDEX comments_of_author ON comments (author_id, post_id)`);
    await runner.query(`
      CREATE TABLE likes (
        id ${type.id} PRIMARY KEY NOT NULL,
        subject_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        CONSTRAINT "likes_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX likes_pair ON likes (subject_id, user_id)`);
    await runner.query(`CREATE INDEX likes_of_subject ON likes (subject_id, id)`);
    await runner.query(`CREATE INDEX likes_of_user ON likes (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE likes');
    await runner.query('DROP TABLE comments');
  }
}
