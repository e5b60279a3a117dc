import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** What applicants write, and that their address is confirmed: they wait for an admin. */
export class LetRegistrationsWait1764000000073 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`ALTER TABLE registrations ADD COLUMN words text`);
    await runner.query(`ALTER TABLE registrations ADD COLUMN confirmed_at ${type.time}`);
    await runner.query(
      `CREATE UNIQUE INDEX registrations_waiting_email ON registrations (email) WHERE confirmed_at IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX registrations_waiting ON registrations (id) WHERE confirmed_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX registrations_waiting`);
    await runner.query(`DROP INDEX registrations_waiting_email`);
    await runner.query(`ALTER TABLE registrations DROP COLUMN confirmed_at`);
    await runner.query(`ALTER TABLE registrations DROP COLUMN words`);
  }
}
