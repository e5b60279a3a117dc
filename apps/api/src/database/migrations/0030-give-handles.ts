import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

const BATCH = 500;

interface Person {
  id: string;
  first_name: string;
  last_name: string;
}

const LETTERS: Record<string, string> = {
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/** At most 12 of its ASCII letters and digits, so that two words and a number make a handle. */
const wordOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 12);

/** Names of paths and roles that the names of people can give. */
const RESERVED = [
  'admin',
  'me',
  'you',
  'root',
  'test',
  'dev',
  'mod',
  'owner',
  'user',
  'host',
  'bot',
];

const isFit = (handle: string) =>
  /[a-z]/.test(handle) && handle.length > 1 && !RESERVED.includes(handle);

const handlesFor = ({ first_name, last_name }: Person): string[] => {
  const [first, last] = [wordOf(first_name), wordOf(last_name)];
  return [first, [first, last].filter(Boolean).join('.')].filter((handle) => isFit(handle));
};

/** Everyone gets one from their name; `search_name` and `user_names` have it last, so that people are found by it. */
export class GiveHandles1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const isPostgres = runner.connection.options.type === 'postgres';
    const word = isPostgres ? 'text COLLATE "C"' : 'text';
    await runner.query(`ALTER TABLE users ADD COLUMN handle ${word} NOT NULL DEFAULT ''`);
    await runner.query(`
      CREATE TABLE former_handles (
        handle ${word} NOT NULL,
        user_id ${type.id},
        until ${type.time} NOT NULL,
        PRIMARY KEY (handle),
        CONSTRAINT "former_handles_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE SET NULL
      ) ${isPostgres ? '' : 'WITHOUT ROWID'}`);
    await runner.query(`CREATE INDEX former_handles_of_user ON former_handles (user_id)`);
    await runner.query(`CREATE INDEX former_handles_until ON former_handles (until)`);

    const taken = new Set<string>();
    const numbers = new Map<string, number>();
    const freeFor = (person: Person): string => {
      const wanted = handlesFor(person);
      const free = wanted.find((handle) => !taken.has(handle));
      if (free) return free;
      const base = wanted.at(-1) ?? 'member';
      for (let number = numbers.get(base) ?? 2; ; number++) {
        if (taken.has(`${base}${number}`)) continue;
        numbers.set(base, number + 1);
        return `${base}${number}`;
      }
    };
    const rowsOf = (count: number) =>
      Array.from({ length: count }, (_, at) =>
        isPostgres ? `($${at * 2 + 1}, $${at * 2 + 2})` : '(?, ?)',
      ).join(', ');

    for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
      const people = (await runner.query(
        `SELECT id, first_name, last_name FROM users WHERE id > ${isPostgres ? '$1' : '?'} ORDER BY id LIMIT ${BATCH}`,
        [last],
      )) as Person[];
      if (!people.length) break;
      const given = people.map((person) => {
        const handle = freeFor(person);
        taken.add(handle);
        return [handle, person.id];
      });
      await runner.query(
        `UPDATE users SET handle = given.column1, search_name = search_name || ' ' || given.column1
         FROM (VALUES ${rowsOf(given.length)}) AS given WHERE users.id = CAST(given.column2 AS ${type.id})`,
        given.flat(),
      );
      await runner.query(
        `INSERT INTO user_names (word, user_id)
         SELECT given.column1, CAST(given.column2 AS ${type.id}) FROM (VALUES ${rowsOf(given.length)}) AS given
         WHERE true ON CONFLICT DO NOTHING`,
        given.flat(),
      );
      last = people.at(-1)!.id;
    }
    await runner.query(`CREATE UNIQUE INDEX users_handle ON users (handle)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE users SET search_name = substr(search_name, 1, length(search_name) - length(handle) - 1)`);
    // The handle of some is one of their names too.
    await runner.query(`
      DELETE FROM user_names WHERE EXISTS (
        SELECT 1 FROM users u WHERE u.id = user_names.user_id AND u.handle = user_names.word
          AND replace(u.search_name || ' ', ' ' || u.handle || ' ', '') = u.search_name || ' ')`);
    await runner.query(`DROP INDEX users_handle`);
    await runner.query(`DROP TABLE former_handles`);
    await runner.query(`ALTER TABLE users DROP COLUMN handle`);
  }
}
