import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Whoever has an account already needs no first steps. */
export class KnowWhoIsSettled1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const yes = runner.connection.options.type === 'postgres' ? 'true' : '1';
    await runner.query(
      `ALTER TABLE users ADD COLUMN is_settled ${type.boolean} NOT NULL DEFAULT ${yes}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN is_settled');
  }
}
