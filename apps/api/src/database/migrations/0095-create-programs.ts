import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreatePrograms1764000000095 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE programs (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        kind text NOT NULL,
        token_hash text NOT NULL,
        name text NOT NULL,
        scopes text NOT NULL,
        created_at ${type.time} NOT NULL,
        last_used_at ${type.time},
        ends_at ${type.time} NOT NULL,
        CONSTRAINT "programs_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX programs_token_hash ON programs (token_hash)`);
    await runner.query(`CREATE INDEX programs_of_user ON programs (user_id, id)`);
    await runner.query(`CREATE INDEX programs_ends_at ON programs (ends_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE programs`);
  }
}
