import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateFeed1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    // The key is the whole row, so on SQLite the table can be its own index.
    const isOwnIndex = runner.connection.options.type === 'postgres' ? '' : 'WITHOUT ROWID';
    await runner.query(`
      CREATE TABLE feed_entries (
        owner_id ${type.id} NOT NULL,
        post_id ${type.id} NOT NULL,
        PRIMARY KEY (owner_id, post_id),
        CONSTRAINT "feed_entries_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE
      ) ${isOwnIndex}`);
    await runner.query(`
      CREATE TABLE large_authors (
        author_id ${type.id} PRIMARY KEY NOT NULL,
        CONSTRAINT "large_authors_author_fk" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE large_authors');
    await runner.query('DROP TABLE feed_entries');
  }
}
