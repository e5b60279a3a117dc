import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateEmailTokens1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE email_tokens (
        id ${type.id} PRIMARY KEY NOT NULL,
        purpose text NOT NULL,
        subject_id ${type.id} NOT NULL,
        email text NOT NULL,
        token_hash text NOT NULL,
        expires_at ${type.time} NOT NULL
      )`);
    await runner.query(`CREATE UNIQUE INDEX email_tokens_token_hash ON email_tokens (token_hash)`);
    await runner.query(`CREATE INDEX email_tokens_subject ON email_tokens (purpose, subject_id)`);
    await runner.query(`CREATE INDEX email_tokens_expires_at ON email_tokens (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE email_tokens');
  }
}
