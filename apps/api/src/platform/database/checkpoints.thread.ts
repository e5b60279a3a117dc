import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

const EVERY_MS = 100;
/** In pages of 4 kB: below this a checkpoint would cost more than the log does. */
const FROM_PAGES = 4000;

const open = () => {
  const connection = new Sqlite(workerData as string, { fileMustExist: true, timeout: 1000 });
  connection.pragma('synchronous = NORMAL');
  return connection;
};
const writer = open();
const checkpoints = open();
const version = writer.pragma('user_version', { simple: true }) as number;

/** Neither waits for readers and writers nor blocks them; returns how long the log is. */
const checkpoint = (mode: 'NOOP' | 'PASSIVE') =>
  (checkpoints.pragma(`wal_checkpoint(${mode})`) as { log: number }[])[0]!.log;

/**
 * Whoever writes first after the whole log was moved begins it anew, and waits for the disk. It is done here, where no
 * request waits; other writers wait for the lock without blocking their event loop.
 */
const beginLogAnew = writer.transaction(() => {
  checkpoint('PASSIVE');
  writer.pragma(`user_version = ${version}`);
});

for (;;) {
  await sleep(EVERY_MS);
  if (checkpoint('NOOP') < FROM_PAGES) continue;
  checkpoint('PASSIVE');
  try {
    beginLogAnew.immediate();
  } catch (error) {
    // Another process writes for long; the log may grow meanwhile.
    if (!isBusy(error)) throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
