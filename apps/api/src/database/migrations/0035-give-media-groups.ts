import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addedReference, columnTypes } from '../../platform/database/columns.js';

/** An upload may be the banner of a group. */
export class GiveMediaGroups1764000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      ALTER TABLE media ADD COLUMN group_id ${type.id}
      ${addedReference('media_group_fk', 'group_id', 'groups')}`);
    await runner.query(
      `CREATE INDEX media_of_group ON media (group_id) WHERE group_id IS NOT NULL`,
    );
    await runner.query(`DROP INDEX media_not_used`);
    await runner.query(`
      CREATE INDEX media_not_used ON media (created_at)
      WHERE post_id IS NULL AND comment_id IS NULL AND group_id IS NULL AND (purpose = 'attachment' OR status <> 'ready')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX media_not_used`);
    await runner.query(`DROP INDEX media_of_group`);
    await runner.query(`ALTER TABLE media DROP COLUMN group_id`);
    await runner.query(`
      CREATE INDEX media_not_used ON media (created_at)
      WHERE post_id IS NULL AND comment_id IS NULL AND (purpose = 'attachment' OR status <> 'ready')`);
  }
}
