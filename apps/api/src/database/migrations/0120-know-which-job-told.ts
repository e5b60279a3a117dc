import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** A job that is run again is known by its id. Of what was told before, none is run again. */
export class KnowWhichJobTold1764000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`ALTER TABLE notification_actions ADD COLUMN job_id ${type.id}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE notification_actions DROP COLUMN job_id`);
  }
}
