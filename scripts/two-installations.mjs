/** For browser tests: two api and web processes with one PostgreSQL, one Redis (`REDIS_URL`) and one folder of files. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providePostgres } from './postgres.mjs';
import { build, prepare, root } from './prepare.mjs';
import { answers } from './serve.mjs';

await prepare();
await build();
const [first = '', second = ''] = (process.env.PORTS ?? '').split(',');
const { default: pg } = await import(
  createRequire(join(root, 'apps/api/package.json')).resolve('pg')
);
const postgres = await providePostgres();
const folder = mkdtempSync(join(tmpdir(), 'echomate-two-'));
const database = `echomate_two_${process.pid}`;
await onServer(`CREATE DATABASE ${database}`);
const url = new URL(postgres.url);
url.pathname = `/${database}`;

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));

// One after the other: the first makes the tables and the secret of sessions.
for (const port of [first, second]) {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `(await import('./scripts/serve.mjs')).serve()`],
    {
      env: {
        ...process.env,
        ...{ PORT: port, API_PORT: String(Number(port) + 1), DATA_DIR: folder },
        ...{ DATABASE_URL: url.href, RATE_LIMITS: 'off', LOG_LEVEL: 'warn' },
      },
      stdio: 'inherit',
    },
  );
  children.push(child);
  child.on('exit', () => void stop(1));
  await answers(`http://127.0.0.1:${port}/api/v1/health/ready`, () => isStopping);
}
console.log('Both installations are ready');

/** @param {number} code */
async function stop(code) {
  if (isStopping) return;
  isStopping = true;
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }),
  );
  await onServer(`DROP DATABASE ${database} WITH (FORCE)`);
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

/** @param {string} statement */
async function onServer(statement) {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
