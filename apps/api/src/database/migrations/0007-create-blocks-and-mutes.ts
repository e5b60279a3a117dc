import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateBlocksAndMutes1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE blocks (
        id ${type.id} PRIMARY KEY NOT NULL,
        blocker_id ${type.id} NOT NULL,
        blocked_id ${type.id} NOT NULL,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "blocks_blocker_fk" FOREIGN KEY ("blocker_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "blocks_blocked_fk" FOREIGN KEY ("blocked_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX blocks_pair ON blocks (blocker_id, blocked_id)`);
    await runner.query(`CREATE INDEX blocks_of_blocked ON blocks (blocked_id)`);
    await runner.query(`
      CREATE TABLE mutes (
        id ${type.id} PRIMARY KEY NOT NULL,
        muter_id ${type.id} NOT NULL,
        muted_id ${type.id} NOT NULL,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "mutes_muter_fk" FOREIGN KEY ("muter_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "mutes_muted_fk" FOREIGN KEY ("muted_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX mutes_pair ON mutes (muter_id, muted_id)`);
    await runner.query(`CREATE INDEX mutes_of_muted ON mutes (muted_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mutes');
    await runner.query('DROP TABLE blocks');
  }
}
