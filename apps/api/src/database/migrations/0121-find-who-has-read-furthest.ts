import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A room of many members shows those who have read furthest. */
export class FindWhoHasReadFurthest1764000000121 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX participants_readers ON participants (conversation_id, last_read_id, user_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX participants_readers`);
  }
}
