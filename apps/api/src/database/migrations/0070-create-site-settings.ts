import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** What this site is called, what holds here, and who may register: one row, from the first time it is saved. */
export class CreateSiteSettings1764000000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE site_settings (
        key text PRIMARY KEY NOT NULL,
        name text NOT NULL,
        welcome text,
        rules text NOT NULL,
        contact text,
        registration text NOT NULL,
        changed_at ${type.time} NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE site_settings`);
  }
}
