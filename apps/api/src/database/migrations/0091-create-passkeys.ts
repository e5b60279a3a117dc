import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreatePasskeys1764000000091 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE passkeys (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        credential_id text NOT NULL,
        public_key text NOT NULL,
        counter ${type.big} NOT NULL,
        transports text NOT NULL,
        name text NOT NULL,
        created_at ${type.time} NOT NULL,
        last_used_at ${type.time},
        CONSTRAINT "passkeys_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX passkeys_of_user ON passkeys (user_id, id)`);
    await runner.query(`CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id)`);
    await runner.query(`
      CREATE TABLE used_challenges (
        challenge text PRIMARY KEY NOT NULL,
        expires_at ${type.time} NOT NULL
      )`);
    await runner.query(`CREATE INDEX used_challenges_by_end ON used_challenges (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE used_challenges`);
    await runner.query(`DROP TABLE passkeys`);
  }
}
