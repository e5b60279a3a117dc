import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

const EVERY_MS = 100;
const connection = new Sqlite(workerData as string, { fileMustExist: true });
connection.pragma('synchronous = NORMAL');

for (;;) {
  await sleep(EVERY_MS);
  // Passive: it waits for nobody and keeps nobody waiting.
  connection.pragma('wal_checkpoint(PASSIVE)');
}
