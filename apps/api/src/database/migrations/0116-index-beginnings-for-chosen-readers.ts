import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v7 as uuid } from 'uuid';

/** What is for chosen readers is found by beginnings of words as fast as what is for everyone. */
export class IndexBeginningsForChosenReaders1764000000116 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type === 'postgres') {
      await runner.query(
        `CREATE TABLE search_chosen (number bigint PRIMARY KEY NOT NULL, words tsvector NOT NULL)`,
      );
      await runner.query(
        `CREATE INDEX search_chosen_words ON search_chosen USING gin (words) WITH (gin_pending_list_limit = 256)`,
      );
    } else {
      await runner.query(
        `CREATE VIRTUAL TABLE search_chosen USING fts5(
          words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3 4 5 6 8 10')`,
      );
      await runner.query(`INSERT INTO search_chosen (search_chosen, rank) VALUES ('automerge', 2)`);
    }
    await this.rebuild(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE search_chosen`);
    await this.rebuild(runner);
  }

  /** A job moves what has been written so far. */
  private async rebuild(runner: QueryRunner): Promise<void> {
    const now = new Date().toISOString();
    await runner.query(`
      INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
      SELECT '${uuid()}', 'search.rebuild', '{}', 'waiting', '${now}', 0, '${now}'
      WHERE EXISTS (SELECT 1 FROM posts WHERE audience = 'chosen')`);
  }
}
