import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

const BATCH = 200;

/** A copy of how the program leaves out characters: a migration never changes. */
function slipsOf(word: string): string[] {
  const characters = [...word];
  if (characters.length < 4 || characters.length > 20) return [];
  return [...new Set(characters.map((_, at) => characters.toSpliced(at, 1).join('')))];
}

export class ForgiveSlipsInNames1764000000056 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const isPostgres = runner.connection.options.type === 'postgres';
    await runner.query(`
      CREATE TABLE user_name_slips (
        word ${isPostgres ? `${type.word} COLLATE "C"` : type.word} NOT NULL,
        user_id ${type.id} NOT NULL,
        PRIMARY KEY (word, user_id),
        CONSTRAINT "user_name_slips_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX user_name_slips_of_user ON user_name_slips (user_id)`);

    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const people = (await runner.query(
        `SELECT id, search_name FROM users WHERE id > ${isPostgres ? '$1' : '?'} ORDER BY id LIMIT ${BATCH}`,
        [last],
      )) as { id: string; search_name: string }[];
      if (!people.length) return;
      for (const { id, search_name } of people) {
        const slips = [...new Set(search_name.split(/\s+/).flatMap(slipsOf))];
        const values = slips.map((_, at) =>
          isPostgres ? `($${at * 2 + 1}, $${at * 2 + 2})` : '(?, ?)',
        );
        if (slips.length)
          await runner.query(
            `INSERT INTO user_name_slips (word, user_id) VALUES ${values.join(', ')}`,
            slips.flatMap((slip) => [slip, id]),
          );
      }
      last = people.at(-1)!.id;
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE user_name_slips`);
  }
}
