import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateSessions1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE sessions (
        id ${type.id} PRIMARY KEY NOT NULL,
        token_hash text NOT NULL,
        user_id ${type.id} NOT NULL,
        device text NOT NULL,
        created_at ${type.time} NOT NULL,
        last_seen_at ${type.time} NOT NULL,
        expires_at ${type.time} NOT NULL,
        CONSTRAINT "sessions_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash)`);
    await runner.query(`CREATE INDEX sessions_user ON sessions (user_id, id)`);
    await runner.query(`CREATE INDEX sessions_expires_at ON sessions (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sessions');
  }
}
