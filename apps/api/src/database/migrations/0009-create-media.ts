import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateMedia1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE media (
        id ${type.id} PRIMARY KEY NOT NULL,
        owner_id ${type.id} NOT NULL,
        kind text NOT NULL,
        status text NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        duration_ms integer,
        placeholder text NOT NULL,
        alt text,
        bytes integer NOT NULL,
        attached_kind text,
        attached_id ${type.id},
        position integer NOT NULL DEFAULT 0,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "media_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX media_attached ON media (attached_id, position, created_at)`);
    await runner.query(`CREATE INDEX media_of_owner ON media (owner_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE media');
  }
}
