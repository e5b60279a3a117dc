import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest groups are found however many newer ones were deleted. */
export class FindTheNewestGroups1764000000122 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX groups_by_age ON groups (id) WHERE deleted_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX groups_by_age`);
  }
}
