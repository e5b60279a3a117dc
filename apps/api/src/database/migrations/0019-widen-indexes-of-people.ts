import type { MigrationInterface, QueryRunner } from 'typeorm';

/** So that lists of people, and who is in two of them, are read from an index alone and in its order. */
export class WidenIndexesOfPeople1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX follows_of_followee`);
    await runner.query(`DROP INDEX follows_of_follower`);
    await runner.query(`DROP INDEX blocks_of_blocked`);
    await runner.query(
      `CREATE INDEX follows_of_followee ON follows (followee_id, status, id, follower_id)`,
    );
    await runner.query(
      `CREATE INDEX follows_of_follower ON follows (follower_id, status, id, followee_id)`,
    );
    await runner.query(`CREATE INDEX blocks_of_blocked ON blocks (blocked_id, blocker_id)`);
    await runner.query(`CREATE INDEX blocks_of_blocker ON blocks (blocker_id, id)`);
    await runner.query(`CREATE INDEX mutes_of_muter ON mutes (muter_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX mutes_of_muter`);
    await runner.query(`DROP INDEX blocks_of_blocker`);
    await runner.query(`DROP INDEX blocks_of_blocked`);
    await runner.query(`DROP INDEX follows_of_follower`);
    await runner.query(`DROP INDEX follows_of_followee`);
    await runner.query(`CREATE INDEX blocks_of_blocked ON blocks (blocked_id)`);
    await runner.query(`CREATE INDEX follows_of_follower ON follows (follower_id, status, id)`);
    await runner.query(`CREATE INDEX follows_of_followee ON follows (followee_id, status, id)`);
  }
}
