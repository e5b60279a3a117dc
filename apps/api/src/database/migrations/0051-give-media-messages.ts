import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addedReference, columnTypes } from '../../platform/database/columns.js';

/** An upload may belong to a message. */
export class GiveMediaMessages1764000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      ALTER TABLE media ADD COLUMN message_id ${type.id}
      ${addedReference('media_message_fk', 'message_id', 'messages', ' ON DELETE SET NULL')}`);
    await runner.query(
      `CREATE INDEX media_of_message ON media (message_id, position) WHERE message_id IS NOT NULL`,
    );
    await runner.query(`DROP INDEX media_not_used`);
    await runner.query(`
      CREATE INDEX media_not_used ON media (created_at)
      WHERE post_id IS NULL AND comment_id IS NULL AND group_id IS NULL AND message_id IS NULL AND (purpose = 'attachment' OR status <> 'ready')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX media_not_used`);
    await runner.query(`DROP INDEX media_of_message`);
    await runner.query(`ALTER TABLE media DROP COLUMN message_id`);
    await runner.query(`
      CREATE INDEX media_not_used ON media (created_at)
      WHERE post_id IS NULL AND comment_id IS NULL AND group_id IS NULL AND (purpose = 'attachment' OR status <> 'ready')`);
  }
}
