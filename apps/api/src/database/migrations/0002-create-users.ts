import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateUsers1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE users (
        id ${type.id} PRIMARY KEY NOT NULL,
        email text NOT NULL,
        password_hash text NOT NULL,
        first_name text NOT NULL,
        last_name text NOT NULL,
        date_of_birth ${type.day} NOT NULL,
        nickname text,
        about text,
        avatar_id ${type.id},
        visibility text NOT NULL,
        email_visibility text NOT NULL,
        date_of_birth_visibility text NOT NULL,
        role text NOT NULL,
        created_at ${type.time} NOT NULL
      )`);
    await runner.query(`CREATE UNIQUE INDEX users_email ON users (email)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE users');
  }
}
