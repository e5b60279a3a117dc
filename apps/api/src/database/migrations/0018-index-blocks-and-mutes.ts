import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reads whom somebody blocks or mutes in the order of an index, and who blocks them from the index alone. */
export class IndexBlocksAndMutes1764000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX blocks_of_blocked`);
    await runner.query(`CREATE INDEX blocks_of_blocked ON blocks (blocked_id, blocker_id)`);
    await runner.query(`CREATE INDEX blocks_of_blocker ON blocks (blocker_id, id)`);
    await runner.query(`CREATE INDEX mutes_of_muter ON mutes (muter_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX mutes_of_muter`);
    await runner.query(`DROP INDEX blocks_of_blocker`);
    await runner.query(`DROP INDEX blocks_of_blocked`);
    await runner.query(`CREATE INDEX blocks_of_blocked ON blocks (blocked_id)`);
  }
}
