import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateIdempotencyKeys1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE idempotency_keys (
        user_id ${type.id} NOT NULL,
        key text NOT NULL,
        fingerprint text NOT NULL,
        made_id ${type.id} NOT NULL,
        created_at ${type.time} NOT NULL,
        PRIMARY KEY (user_id, key),
        CONSTRAINT "idempotency_keys_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
