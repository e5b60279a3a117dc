import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateImports1764000000105 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE imports (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        state text NOT NULL,
        fault text,
        fault_file text,
        origin text,
        name text,
        total integer NOT NULL,
        created_at ${type.time} NOT NULL,
        finished_at ${type.time},
        CONSTRAINT "imports_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX imports_of_user ON imports (user_id, id)`);
    await runner.query(
      `CREATE INDEX imports_receiving ON imports (created_at) WHERE state = 'receiving'`,
    );
    await runner.query(`
      CREATE TABLE imported_things (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        import_id ${type.id} NOT NULL,
        origin text NOT NULL,
        kind text NOT NULL,
        original_id ${type.id} NOT NULL,
        local_id ${type.id},
        left_out text,
        is_narrowed ${type.boolean} NOT NULL,
        CONSTRAINT "imported_things_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX imported_things_once ON imported_things (user_id, origin, kind, original_id)`,
    );
    await runner.query(`CREATE INDEX imported_things_by_import ON imported_things (import_id)`);
    await runner.query(`
      CREATE TABLE known_people (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        person_id ${type.id} NOT NULL,
        is_same_handle ${type.boolean} NOT NULL,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "known_people_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "known_people_person_fk" FOREIGN KEY ("person_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX known_people_once ON known_people (user_id, person_id)`,
    );
    await runner.query(`CREATE INDEX known_people_of_person ON known_people (person_id)`);
    await runner.query(`CREATE INDEX known_people_by_age ON known_people (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['known_people', 'imported_things', 'imports'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
