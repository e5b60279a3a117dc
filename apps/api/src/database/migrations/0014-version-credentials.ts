import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, daysAfter } from '../../platform/database/columns.js';

/** Sessions and links store the version of the credentials they were made under; a session ends after a year. */
export class VersionCredentials1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(
      `ALTER TABLE users ADD COLUMN credentials_version ${type.integer} NOT NULL DEFAULT 1`,
    );
    await runner.query(`ALTER TABLE email_tokens ADD COLUMN credentials_version ${type.integer}`);
    await runner.query(
      `UPDATE email_tokens SET credentials_version = 1 WHERE purpose <> 'registration'`,
    );
    await runner.query(`CREATE INDEX email_tokens_email ON email_tokens (purpose, email)`);
    const yearAfterLogin = daysAfter(runner, 'created_at', 365);
    await runner.query(
      `UPDATE sessions SET expires_at = ${yearAfterLogin} WHERE expires_at > ${yearAfterLogin}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    // The previous release does not know links of this kind.
    await runner.query(`DELETE FROM email_tokens WHERE purpose = 'email-return'`);
    await runner.query('DROP INDEX email_tokens_email');
    await runner.query('ALTER TABLE email_tokens DROP COLUMN credentials_version');
    await runner.query('ALTER TABLE users DROP COLUMN credentials_version');
  }
}
