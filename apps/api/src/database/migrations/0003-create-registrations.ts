import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateRegistrations1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE registrations (
        id ${type.id} PRIMARY KEY NOT NULL,
        email text NOT NULL,
        password_hash text NOT NULL,
        profile text NOT NULL,
        avatar_id ${type.id},
        created_at ${type.time} NOT NULL,
        expires_at ${type.time} NOT NULL
      )`);
    await runner.query(`CREATE INDEX registrations_email ON registrations (email)`);
    await runner.query(`CREATE INDEX registrations_expires_at ON registrations (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registrations');
  }
}
