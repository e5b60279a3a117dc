import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateJobs1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE jobs (
        id ${type.id} PRIMARY KEY NOT NULL,
        kind text NOT NULL,
        payload text NOT NULL,
        unique_key text,
        state text NOT NULL,
        run_at ${type.time} NOT NULL,
        attempts integer NOT NULL,
        last_error text,
        created_at ${type.time} NOT NULL
      )`);
    await runner.query(`CREATE INDEX jobs_due ON jobs (state, run_at)`);
    await runner.query(`CREATE UNIQUE INDEX jobs_unique_key ON jobs (unique_key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE jobs');
  }
}
