import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type BetterSqlite from 'better-sqlite3';
import type * as Pg from 'pg';
import { fromApi } from './api-packages.ts';
import type { Installation } from './installation.ts';

export interface Table {
  name: string;
  /** All with the same columns. */
  rows: Record<string, string | number | null>[];
}

/** Writes rows past the api, which would take hours, in one transaction; the api must be idle. */
export async function insertRows(
  { dataDir, databaseUrl }: Installation,
  tables: Table[],
): Promise<void> {
  if (databaseUrl) await intoPostgres(databaseUrl, tables);
  else intoSqlite(join(dataDir, 'echomate.db'), tables);
  // Lets this process see which of its connections the api has closed meanwhile.
  await sleep(100);
}

function intoSqlite(file: string, tables: Table[]): void {
  const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
  const connection = new Sqlite(file, { fileMustExist: true });
  connection.pragma('busy_timeout = 5000');
  connection.pragma('foreign_keys = ON');
  connection
    .transaction(() => {
      for (const { name, rows } of tables) {
        const columns = Object.keys(rows[0]!);
        const insert = connection.prepare(
          `INSERT INTO ${name} (${columns.join()}) VALUES (${columns.map((column) => `@${column}`).join()})`,
        );
        for (const row of rows) insert.run(row);
      }
    })
    .immediate();
  connection.close();
}

async function intoPostgres(connectionString: string, tables: Table[]): Promise<void> {
  const { Client } = fromApi('pg') as typeof Pg;
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query('BEGIN');
    for (const { name, rows } of tables) {
      const columns = Object.keys(rows[0]!).join();
      await client.query(
        `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1)`,
        [JSON.stringify(rows)],
      );
    }
    await client.query('COMMIT');
    // An installation that lives gets this from autovacuum within a minute.
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}
