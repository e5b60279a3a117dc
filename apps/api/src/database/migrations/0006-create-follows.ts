import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateFollows1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE follows (
        id ${type.id} PRIMARY KEY NOT NULL,
        follower_id ${type.id} NOT NULL,
        followee_id ${type.id} NOT NULL,
        status text NOT NULL,
        created_at ${type.time} NOT NULL,
        decided_at ${type.time},
        CONSTRAINT "follows_follower_fk" FOREIGN KEY ("follower_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "follows_followee_fk" FOREIGN KEY ("followee_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX follows_pair ON follows (follower_id, followee_id)`);
    await runner.query(`CREATE INDEX follows_of_followee ON follows (followee_id, status, id)`);
    await runner.query(`CREATE INDEX follows_of_follower ON follows (follower_id, status, id)`);
    await runner.query(`
      CREATE TABLE follow_counts (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        followers integer NOT NULL DEFAULT 0,
        following integer NOT NULL DEFAULT 0,
        requests integer NOT NULL DEFAULT 0,
        seen_follow_id ${type.id},
        CONSTRAINT "follow_counts_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE follow_counts');
    await runner.query('DROP TABLE follows');
  }
}
