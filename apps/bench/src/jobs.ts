import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type BetterSqlite from 'better-sqlite3';
import { fromApi } from './api-packages.ts';

/** Waits until the api has done what it put off; recurring work does not count. */
export async function untilNoJobs(dataDir: string): Promise<void> {
  const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
  const connection = new Sqlite(join(dataDir, 'echomate.db'), { readonly: true });
  try {
    const find = connection.prepare(
      `SELECT 1 FROM jobs WHERE state = 'waiting' AND unique_key IS NULL LIMIT 1`,
    );
    while (find.get()) await sleep(20);
  } finally {
    connection.close();
  }
}
