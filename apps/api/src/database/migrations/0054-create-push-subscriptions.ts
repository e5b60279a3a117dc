import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** The devices that get pushes, and the keys with which this installation identifies itself to push services. */
export class CreatePushSubscriptions1764000000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE push_keys (
        public_key text PRIMARY KEY NOT NULL,
        private_key text NOT NULL,
        created_at ${type.time} NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE push_subscriptions (
        session_id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        endpoint text NOT NULL,
        endpoint_hash text NOT NULL,
        p256dh text NOT NULL,
        auth text NOT NULL,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "push_subscriptions_session_fk" FOREIGN KEY ("session_id") REFERENCES "sessions" ("id") ON DELETE CASCADE,
        CONSTRAINT "push_subscriptions_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX push_subscriptions_endpoint ON push_subscriptions (endpoint_hash)`,
    );
    await runner.query(
      `CREATE INDEX push_subscriptions_of_user ON push_subscriptions (user_id, created_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE push_subscriptions`);
    await runner.query(`DROP TABLE push_keys`);
  }
}
