import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export const testsRunOn = process.env['TEST_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';

const SERVER = process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** The migrated database that `template.mjs` made: its name, or its file. */
const TEMPLATE = process.env['TEST_TEMPLATE']!;

/** A fresh database of the kind under test, migrated unless it is wanted empty, and the settings that lead to it. */
export async function createTestDatabase({ isEmpty = false } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'echomate-test-'));
  const name = `echomate_test_${randomBytes(6).toString('hex')}`;
  let databaseUrl = '';
  if (testsRunOn === 'postgres') {
    await onServer(`CREATE DATABASE ${name} ${isEmpty ? '' : `TEMPLATE ${TEMPLATE}`}`);
    // No test stops PostgreSQL, so none has to wait for its disk.
    await onServer(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const url = new URL(SERVER);
    url.pathname = `/${name}`;
    databaseUrl = url.href;
  } else if (!isEmpty) await copyFile(TEMPLATE, join(dataDir, 'echomate.db'));
  return {
    // Each connection plans each statement anew, which takes longer than what a test asks.
    environment: { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, DATABASE_CONNECTIONS: '6' },
    async remove() {
      if (databaseUrl) await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type TestDatabase = Awaited<ReturnType<typeof createTestDatabase>>;

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
