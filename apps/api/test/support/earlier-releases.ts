import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/data-source.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { Config } from '../../src/platform/config/config.js';
import type { TestDatabase } from './test-database.js';

/** Rows as earlier releases wrote them. */

export const NOW = '2026-01-01T00:00:00.000Z';
export const id = (number: number) => `01970000-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const [ADA, BRUNO, POST, COMMENT] = [id(1), id(2), id(3), id(4)] as const;

/** The database as a release with so many migrations sees it. */
export async function withRelease<Result>(
  { environment }: TestDatabase,
  migrations: number,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  const dataSource = createDataSource(new Config({ NODE_ENV: 'test', ...environment }));
  dataSource.setOptions({ migrations: MIGRATIONS.slice(0, migrations) });
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

export const insertAll = async (dataSource: DataSource, statements: string[]): Promise<void> => {
  for (const statement of statements) await dataSource.query(statement);
};

export const person = (who: string, firstName: string, nickname: string | null): string => `
  INSERT INTO users (id, email, password_hash, first_name, last_name, nickname, date_of_birth, visibility,
    email_visibility, date_of_birth_visibility, role, created_at)
  VALUES ('${who}', '${who}@example.org', 'x', '${firstName}', 'Okafór', ${nickname ? `'${nickname}'` : 'NULL'},
    '1990-12-31', 'public', 'me', 'me', 'member', '${NOW}')`;
