import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateDiscoverySettings1764000000064 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE discovery_settings (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        is_suggested ${type.boolean} NOT NULL,
        uses_interests ${type.boolean} NOT NULL,
        CONSTRAINT "discovery_settings_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE discovery_settings`);
  }
}
