import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KnowTheRegisteringBrowser1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE registrations ADD COLUMN browser_hash text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE registrations DROP COLUMN browser_hash');
  }
}
