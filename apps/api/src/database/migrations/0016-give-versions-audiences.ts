import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** The audience of existing versions is not known: only their authors see them. */
export class GiveVersionsAudiences1764000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`ALTER TABLE post_versions ADD COLUMN audience text`);
    await runner.query(`
      CREATE TABLE version_chosen_followers (
        version_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        follow_id ${type.id} NOT NULL,
        PRIMARY KEY (version_id, user_id),
        CONSTRAINT "version_chosen_followers_version_fk" FOREIGN KEY ("version_id") REFERENCES "post_versions" ("id") ON DELETE CASCADE,
        CONSTRAINT "version_chosen_followers_follow_fk" FOREIGN KEY ("follow_id") REFERENCES "follows" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE INDEX version_chosen_followers_of_follow ON version_chosen_followers (follow_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE version_chosen_followers`);
    await runner.query(`ALTER TABLE post_versions DROP COLUMN audience`);
  }
}
