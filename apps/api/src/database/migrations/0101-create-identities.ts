import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateIdentities1764000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE identities (
        id ${type.id} PRIMARY KEY NOT NULL,
        issuer text NOT NULL,
        subject text NOT NULL,
        user_id ${type.id},
        registration_id ${type.id},
        created_at ${type.time} NOT NULL,
        last_used_at ${type.time} NOT NULL,
        CONSTRAINT "identities_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "identities_registration_fk" FOREIGN KEY ("registration_id") REFERENCES "registrations" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX identities_issuer_subject ON identities (issuer, subject)`,
    );
    await runner.query(`CREATE INDEX identities_user ON identities (user_id, id)`);
    await runner.query(`CREATE INDEX identities_registration ON identities (registration_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE identities`);
  }
}
