import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

const LIKES = ['post_likes', 'comment_likes'];
const COUNTED = ['follows', 'comments', ...LIKES];

/** No counter includes what inactive accounts did. No account is inactive yet. */
export class MarkWhatIsCounted1764000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const yes = runner.connection.options.type === 'postgres' ? 'true' : '1';
    for (const table of COUNTED)
      await runner.query(
        `ALTER TABLE ${table} ADD COLUMN is_counted ${type.boolean} NOT NULL DEFAULT ${yes}`,
      );
    // To walk one person's rows in portions
    for (const likes of LIKES) {
      await runner.query(`DROP INDEX ${likes}_of_user`);
      await runner.query(`CREATE INDEX ${likes}_of_user ON ${likes} (user_id, id)`);
    }
    await runner.query(`CREATE INDEX comments_by_author ON comments (author_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX comments_by_author`);
    for (const likes of LIKES) {
      await runner.query(`DROP INDEX ${likes}_of_user`);
      await runner.query(`CREATE INDEX ${likes}_of_user ON ${likes} (user_id)`);
    }
    for (const table of COUNTED) await runner.query(`ALTER TABLE ${table} DROP COLUMN is_counted`);
  }
}
