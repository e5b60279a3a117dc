import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class GiveAccountsStates1764000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const isOwnIndex = runner.connection.options.type === 'postgres' ? '' : 'WITHOUT ROWID';
    await runner.query(`
      CREATE TABLE inactive_accounts (
        user_id ${type.id} NOT NULL,
        reason text NOT NULL,
        since ${type.time} NOT NULL,
        PRIMARY KEY (user_id, reason),
        CONSTRAINT "inactive_accounts_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      ) ${isOwnIndex}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inactive_accounts');
  }
}
