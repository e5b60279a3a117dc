import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Until now the default option that says no was known by its title. */
export class KnowWhoDeclines1764000000119 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const no = runner.connection.options.type === 'postgres' ? 'false' : '0';
    await runner.query(
      `ALTER TABLE event_options ADD COLUMN is_decline ${type.boolean} NOT NULL DEFAULT ${no}`,
    );
    await runner.query(`UPDATE event_options SET is_decline = true WHERE title = 'Not going'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE event_options DROP COLUMN is_decline`);
  }
}
