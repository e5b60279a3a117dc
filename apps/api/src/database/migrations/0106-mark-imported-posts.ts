import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class MarkImportedPosts1764000000106 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`ALTER TABLE posts ADD COLUMN imported_from text`);
    await runner.query(`ALTER TABLE posts ADD COLUMN imported_at ${type.time}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE posts DROP COLUMN imported_at`);
    await runner.query(`ALTER TABLE posts DROP COLUMN imported_from`);
  }
}
