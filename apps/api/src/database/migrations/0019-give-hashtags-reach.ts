import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class GiveHashtagsReach1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`CREATE TABLE hashtags_kept AS SELECT tag, post_id FROM post_hashtags`);
    await runner.query(`DROP TABLE post_hashtags`);
    await runner.query(`
      CREATE TABLE post_hashtags (
        tag text NOT NULL,
        post_id ${type.id} NOT NULL,
        author_id ${type.id} NOT NULL,
        reach text NOT NULL,
        PRIMARY KEY (tag, post_id),
        CONSTRAINT "post_hashtags_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`
      INSERT INTO post_hashtags (tag, post_id, author_id, reach)
      SELECT kept.tag, p.id, p.author_id, CASE
        WHEN p.deleted_at IS NOT NULL OR p.audience = 'unlisted' THEN 'nobody'
        WHEN p.audience = 'public' AND author.visibility = 'public' THEN 'everyone'
        WHEN p.audience IN ('public', 'followers') THEN 'followers'
        ELSE 'chosen' END
      FROM hashtags_kept kept JOIN posts p ON p.id = kept.post_id JOIN users author ON author.id = p.author_id`);
    await runner.query(`DROP TABLE hashtags_kept`);
    await runner.query(`CREATE INDEX post_hashtags_of_post ON post_hashtags (post_id)`);
    await runner.query(
      `CREATE INDEX post_hashtags_by_reach ON post_hashtags (tag, reach, post_id, author_id)`,
    );
    await runner.query(
      `CREATE INDEX post_hashtags_of_author ON post_hashtags (tag, author_id, reach, post_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`CREATE TABLE hashtags_kept AS SELECT tag, post_id FROM post_hashtags`);
    await runner.query(`DROP TABLE post_hashtags`);
    await runner.query(`
      CREATE TABLE post_hashtags (
        tag text NOT NULL,
        post_id ${type.id} NOT NULL,
        PRIMARY KEY (tag, post_id),
        CONSTRAINT "post_hashtags_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `INSERT INTO post_hashtags (tag, post_id) SELECT tag, post_id FROM hashtags_kept`,
    );
    await runner.query(`DROP TABLE hashtags_kept`);
    await runner.query(`CREATE INDEX post_hashtags_of_post ON post_hashtags (post_id)`);
  }
}
