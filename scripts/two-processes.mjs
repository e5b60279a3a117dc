/**
 * For browser stories: two installations of one product, with one PostgreSQL, one Redis (`REDIS_URL`) and one folder. A
 * front at PORT leads to the first, one at the port after it to the second; to the other one, should theirs be gone.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providePostgres } from './postgres.mjs';
import { build, prepare, root, stop } from './prepare.mjs';
import { answers } from './serve.mjs';

await prepare();
await build();
const { openFront } = await import('@echomate/testing/front');
const { default: pg } = await import(
  createRequire(join(root, 'apps/api/package.json')).resolve('pg')
);
const front = Number(process.env.PORT);
const postgres = await providePostgres();
const folder = mkdtempSync(join(tmpdir(), 'echomate-two-'));
const database = `echomate_two_${process.pid}`;
await onServer(`CREATE DATABASE ${database}`);
const url = new URL(postgres.url);
url.pathname = `/${database}`;

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
/** @type {Promise<void> | undefined} */
let stopping;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stopAll(0));

const ports = [front + 2, front + 4];
// One after the other: the first makes the tables and the secret of sessions.
for (const port of ports) {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `(await import('./scripts/serve.mjs')).serve()`],
    {
      env: {
        ...process.env,
        PORT: String(port),
        API_PORT: String(port + 1),
        DATA_DIR: folder,
        DATABASE_URL: url.href,
        RATE_LIMITS: 'off',
        LOG_LEVEL: 'warn',
      },
      stdio: 'inherit',
      // With its api and its web server it can be killed as one.
      detached: true,
    },
  );
  children.push(child);
  const isReady = await answers(
    `http://127.0.0.1:${port}/api/v1/health/ready`,
    () => stopping !== undefined || child.exitCode !== null,
  );
  if (!isReady) await stopAll(1);
}
await openFront(ports, front);
await openFront(ports.toReversed(), front + 1);
console.log(`Both are ready; the first is process ${children[0]?.pid}.`);

/**
 * Ends this process, too.
 *
 * @param {number} code
 */
function stopAll(code) {
  stopping ??= (async () => {
    await Promise.all(children.map(stop));
    await onServer(`DROP DATABASE ${database} WITH (FORCE)`);
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  })();
  return stopping;
}

/** @param {string} statement */
async function onServer(statement) {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
