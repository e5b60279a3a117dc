import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

const BATCH = 500;

/** A copy of how the program cuts names into words: a migration never changes. */
const wordsOf = (searchName: string): string[] => [
  ...new Set(
    searchName
      .split(' ')
      .filter(Boolean)
      .map((word) => [...word].slice(0, 40).join('')),
  ),
];

export class CreateUserNames1764000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const isPostgres = runner.connection.options.type === 'postgres';
    // Compared byte by byte, so that words with the same beginning are adjacent in the index.
    const collation = isPostgres ? 'COLLATE "C"' : '';
    await runner.query(`
      CREATE TABLE user_names (
        word text ${collation} NOT NULL,
        user_id ${type.id} NOT NULL,
        PRIMARY KEY (word, user_id),
        CONSTRAINT "user_names_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      ) ${isPostgres ? '' : 'WITHOUT ROWID'}`);
    await runner.query(`CREATE INDEX user_names_of_user ON user_names (user_id)`);

    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const people = (await runner.query(
        `SELECT id, search_name FROM users WHERE id > ${isPostgres ? '$1' : '?'} ORDER BY id LIMIT ${BATCH}`,
        [last],
      )) as { id: string; search_name: string }[];
      if (!people.length) return;
      const rows = people.flatMap(({ id, search_name }) =>
        wordsOf(search_name).map((word) => [word, id]),
      );
      const values = rows.map((_, at) =>
        isPostgres ? `($${at * 2 + 1}, $${at * 2 + 2})` : '(?, ?)',
      );
      if (rows.length)
        await runner.query(
          `INSERT INTO user_names (word, user_id) VALUES ${values.join(', ')}`,
          rows.flat(),
        );
      last = people.at(-1)!.id;
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE user_names');
  }
}
