import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** The secret addresses at which people's events can be read. */
export class CreateCalendars1764000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE calendars (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        secret_hash text NOT NULL,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "calendars_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX calendars_secret ON calendars (secret_hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE calendars');
  }
}
