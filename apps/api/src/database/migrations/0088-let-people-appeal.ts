import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Whom a decision concerns may ask once for another look. */
export class LetPeopleAppeal1764000000088 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    for (const column of [
      'appeal text',
      `appealed_at ${type.time}`,
      'appeal_outcome text',
      'appeal_answer text',
      `appeal_answered_at ${type.time}`,
    ])
      await runner.query(`ALTER TABLE report_cases ADD COLUMN ${column}`);
    await runner.query(`
      CREATE INDEX report_cases_appealed ON report_cases (id)
      WHERE appealed_at IS NOT NULL AND appeal_answered_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX report_cases_appealed');
    for (const column of [
      'appeal_answered_at',
      'appeal_answer',
      'appeal_outcome',
      'appealed_at',
      'appeal',
    ])
      await runner.query(`ALTER TABLE report_cases DROP COLUMN ${column}`);
  }
}
