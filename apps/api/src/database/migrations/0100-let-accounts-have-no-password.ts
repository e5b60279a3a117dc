import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever logs in elsewhere needs none. SQLite has no way to change a column but to put another in its place. */
export class LetAccountsHaveNoPassword1764000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['users', 'registrations'])
      await replaced(runner, table, 'text', 'password_hash');
  }

  /** No password matches an empty hash: a new one can still be asked for by mail. */
  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['users', 'registrations'])
      await replaced(runner, table, `text NOT NULL DEFAULT ''`, `COALESCE(password_hash, '')`);
  }
}

async function replaced(runner: QueryRunner, table: string, type: string, value: string) {
  await runner.query(`ALTER TABLE ${table} ADD COLUMN password_hash_next ${type}`);
  await runner.query(`UPDATE ${table} SET password_hash_next = ${value}`);
  await runner.query(`ALTER TABLE ${table} DROP COLUMN password_hash`);
  await runner.query(`ALTER TABLE ${table} RENAME COLUMN password_hash_next TO password_hash`);
}
