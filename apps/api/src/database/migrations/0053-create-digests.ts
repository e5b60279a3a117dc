import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** When somebody's next email of what they haven't read is due, and up to where the last one told. */
export class CreateDigests1764000000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE notification_digests (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        due_at ${type.time},
        told_up_to ${type.id} NOT NULL,
        CONSTRAINT "notification_digests_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE INDEX notification_digests_due ON notification_digests (due_at) WHERE due_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE notification_digests`);
  }
}
