import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Those who look after the site are few among many. */
export class FindRoles1764000000071 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX users_roles ON users (role, id) WHERE role <> 'member'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX users_roles`);
  }
}
