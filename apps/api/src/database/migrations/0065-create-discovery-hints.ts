import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Where to look for what stirs people and what trends. A job fills the tables. */
export class CreateDiscoveryHints1764000000065 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const ofPost = (table: string) =>
      `CONSTRAINT "${table}_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE`;
    await runner.query(`
      CREATE TABLE stirring_posts (
        post_id ${type.id} PRIMARY KEY NOT NULL,
        ${ofPost('stirring_posts')}
      )`);
    await runner.query(`
      CREATE TABLE trending_posts (
        tag text NOT NULL,
        post_id ${type.id} NOT NULL,
        PRIMARY KEY (tag, post_id),
        ${ofPost('trending_posts')}
      )`);
    await runner.query(`CREATE INDEX trending_posts_of_post ON trending_posts (post_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE trending_posts`);
    await runner.query(`DROP TABLE stirring_posts`);
  }
}
