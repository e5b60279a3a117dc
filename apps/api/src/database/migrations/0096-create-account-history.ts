import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateAccountHistory1764000000096 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE account_history (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        kind text NOT NULL,
        device text,
        network text,
        at ${type.time} NOT NULL,
        CONSTRAINT "account_history_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX account_history_of_user ON account_history (user_id, id)`);
    await runner.query(`CREATE INDEX account_history_by_age ON account_history (at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE account_history`);
  }
}
