import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import type * as Pg from 'pg';
import { fromApi } from './api-packages.ts';
import type { Installation } from './installation.ts';
import { BulkWriter, type RowWriter } from './world/bulk-writer.ts';
import { PostgresWriter } from './world/postgres-writer.ts';

/** The api's database past the api, for what both databases understand. */
export interface Access {
  run(text: string): Promise<void>;
  all<Row>(text: string): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openDatabase({ dataDir, databaseUrl }: Installation): Promise<Access> {
  if (databaseUrl) {
    const { Client } = fromApi('pg') as typeof Pg;
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    return {
      run: async (text) => void (await client.query(text)),
      all: async <Row>(text: string) => (await client.query(text)).rows as Row[],
      close: () => client.end(),
    };
  }
  const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
  const connection = new Sqlite(join(dataDir, 'echomate.db'), { fileMustExist: true });
  connection.pragma('busy_timeout = 5000');
  return {
    run: async (text) => void connection.exec(text),
    all: async <Row>(text: string) => connection.prepare<[], Row>(text).all(),
    close: async () => void connection.close(),
  };
}

export async function withDatabase<Result>(
  installation: Installation,
  work: (database: Access) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(installation);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

export const openWriter = async ({ dataDir, databaseUrl }: Installation): Promise<RowWriter> =>
  databaseUrl ? PostgresWriter.open(databaseUrl) : new BulkWriter(dataDir);

/**
 * A database of its own beside the given one, so that nothing in that is touched or measured with: empty, or the copy
 * of another that nobody is connected to.
 */
export async function newPostgresDatabase(server: string, copied?: string): Promise<string> {
  const name = `echomate_bench_${randomBytes(4).toString('hex')}`;
  const template = copied ? ` TEMPLATE ${new URL(copied).pathname.slice(1)}` : '';
  await onServer(server, `CREATE DATABASE ${name}${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export const dropPostgresDatabase = (url: string): Promise<void> => {
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  return onServer(server.href, `DROP DATABASE ${name} WITH (FORCE)`);
};

const onServer = (databaseUrl: string, text: string): Promise<void> =>
  withDatabase({ dataDir: '', databaseUrl }, (database) => database.run(text));
