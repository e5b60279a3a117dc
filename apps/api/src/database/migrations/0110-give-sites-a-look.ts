import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The colour and the logo of a site. */
export class GiveSitesALook1764000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE site_settings ADD COLUMN colour text NOT NULL DEFAULT 'marine'`,
    );
    await runner.query(`ALTER TABLE site_settings ADD COLUMN logo text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE site_settings DROP COLUMN logo`);
    await runner.query(`ALTER TABLE site_settings DROP COLUMN colour`);
  }
}
