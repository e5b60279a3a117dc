import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateExports1764000000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE exports (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        state text NOT NULL,
        items integer NOT NULL,
        files integer NOT NULL,
        bytes ${type.big} NOT NULL,
        created_at ${type.time} NOT NULL,
        ready_at ${type.time},
        CONSTRAINT "exports_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX exports_of_user ON exports (user_id, id)`);
    await runner.query(`CREATE INDEX exports_by_age ON exports (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE exports`);
  }
}
