import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Numbers of the site, which outlast what they count. */
export class CreateStatistics1764000000117 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const isOwnIndex = runner.connection.options.type === 'postgres' ? '' : 'WITHOUT ROWID';
    await runner.query(`
      CREATE TABLE site_sums (
        kind text NOT NULL,
        quarter ${type.integer} NOT NULL,
        count ${type.integer} NOT NULL,
        PRIMARY KEY (kind, quarter)
      ) ${isOwnIndex}`);
    await runner.query(`
      CREATE TABLE site_positions (
        kind text PRIMARY KEY NOT NULL,
        counted_up_to ${type.id} NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE site_totals (
        kind text PRIMARY KEY NOT NULL,
        amount ${type.big} NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE active_people (
        user_id ${type.id} NOT NULL,
        day ${type.day} NOT NULL,
        PRIMARY KEY (user_id, day),
        CONSTRAINT "active_people_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      ) ${isOwnIndex}`);
    await runner.query(`
      CREATE TABLE active_days (
        day ${type.day} PRIMARY KEY NOT NULL,
        people ${type.integer} NOT NULL,
        people_of_week ${type.integer} NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'active_days',
      'active_people',
      'site_totals',
      'site_positions',
      'site_sums',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
