import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest registration of an address or of a browser is found without reading the others. */
export class FindRegistrations1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX registrations_email`);
    await runner.query(`CREATE INDEX registrations_email ON registrations (email, id)`);
    await runner.query(`CREATE INDEX registrations_browser ON registrations (browser_hash, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX registrations_browser`);
    await runner.query(`DROP INDEX registrations_email`);
    await runner.query(`CREATE INDEX registrations_email ON registrations (email)`);
  }
}
