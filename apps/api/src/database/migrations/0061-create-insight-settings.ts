import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Who is counted, and who has insights. */
export class CreateInsightSettings1764000000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const yes = runner.connection.options.type === 'postgres' ? 'true' : '1';
    await runner.query(`
      CREATE TABLE insight_settings (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        is_counted ${type.boolean} NOT NULL DEFAULT ${yes},
        is_kept ${type.boolean} NOT NULL DEFAULT ${yes},
        zone text,
        CONSTRAINT "insight_settings_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE insight_settings`);
  }
}
