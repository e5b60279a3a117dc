import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export const testsRunOn = process.env['TEST_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';

const SERVER = process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A fresh, empty database of the kind under test, and the settings that lead to it. */
export async function createTestDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'echomate-test-'));
  const name = `echomate_test_${randomBytes(6).toString('hex')}`;
  let databaseUrl = '';
  if (testsRunOn === 'postgres') {
    await onServer(`CREATE DATABASE ${name}`);
    const url = new URL(SERVER);
    url.pathname = `/${name}`;
    databaseUrl = url.href;
  }
  return {
    environment: { DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
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
