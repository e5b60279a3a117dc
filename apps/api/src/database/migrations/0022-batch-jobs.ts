import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BatchJobs1764000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE jobs ADD COLUMN batch text`);
    await runner.query(`CREATE INDEX jobs_of_batch ON jobs (batch, state, run_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX jobs_of_batch`);
    await runner.query(`ALTER TABLE jobs DROP COLUMN batch`);
  }
}
