import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addedReference, columnTypes } from '../../platform/database/columns.js';

/** Posts may belong to a group. */
export class GivePostsGroups1764000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      ALTER TABLE posts ADD COLUMN group_id ${type.id}
      ${addedReference('posts_group_fk', 'group_id', 'groups')}`);
    await runner.query(
      `CREATE INDEX posts_of_group ON posts (group_id, id) WHERE group_id IS NOT NULL`,
    );
    // Whoever deleted a post may restore it.
    await runner.query(`ALTER TABLE posts ADD COLUMN deleted_by_id ${type.id}`);
    await runner.query(`
      CREATE TABLE pinned_posts (
        post_id ${type.id} PRIMARY KEY NOT NULL,
        group_id ${type.id} NOT NULL,
        pinned_at ${type.time} NOT NULL,
        CONSTRAINT "pinned_posts_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
        CONSTRAINT "pinned_posts_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX pinned_posts_of_group ON pinned_posts (group_id, pinned_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pinned_posts');
    await runner.query(`DELETE FROM posts WHERE audience = 'group'`);
    await runner.query('DROP INDEX posts_of_group');
    await runner.query('ALTER TABLE posts DROP COLUMN deleted_by_id');
    await runner.query('ALTER TABLE posts DROP COLUMN group_id');
  }
}
