import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateTwoStepLogins1764000000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE two_step_logins (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        app_secret text,
        last_step ${type.big} NOT NULL,
        since ${type.time} NOT NULL,
        CONSTRAINT "two_step_logins_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE TABLE recovery_codes (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        code_hash text NOT NULL,
        CONSTRAINT "recovery_codes_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX recovery_codes_of_user ON recovery_codes (user_id, code_hash)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE recovery_codes`);
    await runner.query(`DROP TABLE two_step_logins`);
  }
}
