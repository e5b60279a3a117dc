import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** What moderators remove stays restorable for longer than what its author deletes. */
export class KeepWhatIsRemoved1764000000087 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    for (const table of ['posts', 'groups'])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN removed_until ${type.time}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['posts', 'groups'])
      await runner.query(`ALTER TABLE ${table} DROP COLUMN removed_until`);
  }
}
