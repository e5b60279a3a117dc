import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateSearch1764000000055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE search_documents (
        number ${type.big} PRIMARY KEY NOT NULL,
        kind text NOT NULL,
        subject_id ${type.id} NOT NULL,
        post_id ${type.id},
        author_id ${type.id},
        scope_id ${type.id}
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX search_documents_of_subject ON search_documents (subject_id)`,
    );
    await runner.query(`CREATE INDEX search_documents_of_post ON search_documents (post_id)`);
    await runner.query(`CREATE INDEX search_documents_of_author ON search_documents (author_id)`);
    await runner.query(`CREATE INDEX search_documents_in_scope ON search_documents (scope_id)`);
    if (runner.connection.options.type === 'postgres')
      for (const table of ['search_open', 'search_closed']) {
        await runner.query(
          `CREATE TABLE ${table} (number bigint PRIMARY KEY NOT NULL, words tsvector NOT NULL)`,
        );
        await runner.query(
          `CREATE INDEX ${table}_words ON ${table} USING gin (words) WITH (gin_pending_list_limit = 256)`,
        );
      }
    else {
      const options = `words, content='', contentless_delete=1, tokenize='ascii'`;
      await runner.query(
        `CREATE VIRTUAL TABLE search_open USING fts5(${options}, prefix='2 3 4 5 6 8 10')`,
      );
      await runner.query(`CREATE VIRTUAL TABLE search_closed USING fts5(${options})`);
      for (const table of ['search_open', 'search_closed'])
        await runner.query(`INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 2)`);
    }
    // What has been written so far is indexed by a job.
    const now = new Date().toISOString();
    await runner.query(`
      INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
      SELECT '${uuid()}', 'search.rebuild', '{}', 'waiting', '${now}', 0, '${now}'
      WHERE EXISTS (SELECT 1 FROM posts)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM jobs WHERE kind LIKE 'search.%'`);
    for (const table of ['search_closed', 'search_open', 'search_documents'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
