import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** A copy of how the program folds names: a migration never changes. */
const foldedNames = (names: (string | null | undefined)[]) =>
  names
    .filter((name) => name)
    .map((name) => ` ${name!.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()}`)
    .join('');

export class AddBannerAndSearchName1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`ALTER TABLE users ADD COLUMN banner_id ${type.id}`);
    await runner.query(`ALTER TABLE users ADD COLUMN search_name text NOT NULL DEFAULT ''`);
    const people = (await runner.query(
      `SELECT id, first_name, last_name, nickname FROM users`,
    )) as Record<string, string>[];
    const [id, name] = runner.connection.options.type === 'postgres' ? ['$2', '$1'] : ['?', '?'];
    for (const person of people) {
      const searchName = foldedNames([
        person['first_name'],
        person['last_name'],
        person['nickname'],
      ]);
      await runner.query(`UPDATE users SET search_name = ${name} WHERE id = ${id}`, [
        searchName,
        person['id'],
      ]);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE users DROP COLUMN search_name`);
    await runner.query(`ALTER TABLE users DROP COLUMN banner_id`);
  }
}
