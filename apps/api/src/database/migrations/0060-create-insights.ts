import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Whom posts and profiles have reached, and the sums that outlast it. */
export class CreateInsights1764000000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const of = (table: string, column: string, other: 'posts' | 'users') =>
      `CONSTRAINT "${table}_${column}_fk" FOREIGN KEY ("${column}_id") REFERENCES "${other}" ("id") ON DELETE CASCADE`;
    // The key is all or most of the row, so on SQLite the table can be its own index.
    const isOwnIndex = runner.connection.options.type === 'postgres' ? '' : 'WITHOUT ROWID';
    await runner.query(`
      CREATE TABLE post_viewers (
        post_id ${type.id} NOT NULL,
        viewer_id ${type.id} NOT NULL,
        PRIMARY KEY (post_id, viewer_id),
        ${of('post_viewers', 'post', 'posts')},
        ${of('post_viewers', 'viewer', 'users')}
      ) ${isOwnIndex}`);
    await runner.query(`CREATE INDEX post_viewers_of_viewer ON post_viewers (viewer_id, post_id)`);
    await runner.query(`
      CREATE TABLE reached_posts (
        post_id ${type.id} PRIMARY KEY NOT NULL,
        author_id ${type.id} NOT NULL,
        people ${type.integer} NOT NULL,
        ${of('reached_posts', 'post', 'posts')},
        ${of('reached_posts', 'author', 'users')}
      )`);
    await runner.query(
      `CREATE INDEX reached_posts_of_author ON reached_posts (author_id, post_id)`,
    );
    await runner.query(`
      CREATE TABLE post_reach (
        post_id ${type.id} NOT NULL,
        quarter ${type.integer} NOT NULL,
        people ${type.integer} NOT NULL,
        PRIMARY KEY (post_id, quarter),
        ${of('post_reach', 'post', 'posts')}
      ) ${isOwnIndex}`);
    await runner.query(`
      CREATE TABLE profile_visitors (
        owner_id ${type.id} NOT NULL,
        viewer_id ${type.id} NOT NULL,
        day ${type.day} NOT NULL,
        PRIMARY KEY (owner_id, viewer_id, day),
        ${of('profile_visitors', 'owner', 'users')},
        ${of('profile_visitors', 'viewer', 'users')}
      ) ${isOwnIndex}`);
    await runner.query(`CREATE INDEX profile_visitors_by_day ON profile_visitors (day)`);
    await runner.query(`CREATE INDEX profile_visitors_of_viewer ON profile_visitors (viewer_id)`);
    await runner.query(`
      CREATE TABLE insight_sums (
        owner_id ${type.id} NOT NULL,
        quarter ${type.integer} NOT NULL,
        kind text NOT NULL,
        people ${type.integer} NOT NULL,
        PRIMARY KEY (owner_id, quarter, kind),
        ${of('insight_sums', 'owner', 'users')}
      ) ${isOwnIndex}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'insight_sums',
      'profile_visitors',
      'post_reach',
      'reached_posts',
      'post_viewers',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
