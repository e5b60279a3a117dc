/**
 * Jest's global set-up: a migrated database that every test app gets a copy of, since migrating an empty one takes a
 * second on PostgreSQL. Built from `dist`: migrations that are newer than the last build are applied to each copy.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDataSource } from '../../dist/database/data-source.js';
import { migrate } from '../../dist/database/migrate.js';

const SERVER = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export default async function makeTemplate() {
  const isPostgres = process.env.TEST_DATABASE === 'postgres';
  const folder = await mkdtemp(join(tmpdir(), 'echomate-template-'));
  const sqliteFile = join(folder, 'echomate.db');
  const name = `echomate_template_${randomBytes(6).toString('hex')}`;
  if (isPostgres) await onServer(`CREATE DATABASE ${name}`);
  const databaseUrl = isPostgres ? Object.assign(new URL(SERVER), { pathname: name }).href : null;
  const dataSource = await createDataSource({
    databaseUrl,
    databaseConnections: 4,
    sqliteFile,
  }).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  process.env.TEST_TEMPLATE = isPostgres ? name : sqliteFile;
  globalThis.removeTemplate = async () => {
    if (isPostgres) await onServer(`DROP DATABASE IF EXISTS ${name}`);
    await rm(folder, { recursive: true, force: true });
  };
}

/** @param {string} statement */
async function onServer(statement) {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
