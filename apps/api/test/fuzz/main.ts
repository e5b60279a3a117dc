import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Declared } from '../support/declared.ts';
import { freePort } from '../support/free-port.ts';
import { createTestDatabase, testsRunOn } from '../support/test-database.ts';
import { fuzz, type Findings } from './fuzz.ts';

const USAGE = `npm run fuzz -- [--requests 100000] [--seed a number]

Sends requests made up from the api's own document, right ones and wrong ones, to the built api on an
installation of its own, and looks at every answer: nothing of 5xx, nothing that the document does not declare.
The same seed makes up the same requests. TEST_DATABASE=postgres or DATABASE_URL=… runs it on PostgreSQL.`;

interface Pause {
  route: string;
  /** In milliseconds, by the clock and by the processor */
  pause: number;
  processor: number;
}

const inTree = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '100000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const requests = wholeNumber('requests', values.requests);
  const seed = wholeNumber('seed', values.seed);
  const { environment, remove } = await createTestDatabase({ isEmpty: true });
  const databaseUrl = process.env['DATABASE_URL'] || environment.DATABASE_URL;
  console.log(
    `${requests} requests, seed ${seed}, on ${databaseUrl ? 'PostgreSQL' : 'SQLite'} (${testsRunOn})`,
  );
  const port = await freePort();
  const server = spawn(
    process.execPath,
    ['--import', inTree('pauses.mjs'), inTree('../../dist/main.js')],
    {
      env: {
        PATH: process.env['PATH'],
        API_PORT: String(port),
        DATA_DIR: environment.DATA_DIR,
        DATABASE_URL: databaseUrl,
        RATE_LIMITS: 'off',
        LOG_LEVEL: 'error',
        PASSWORD_HASH_COST: '4',
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const stopped = () => server.kill('SIGTERM');
  process.once('SIGINT', stopped).once('SIGTERM', stopped);
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, server);
    const document = (await (await fetch(`${url}/api/docs-json`)).json()) as object;
    const begin = performance.now();
    const found = await fuzz({
      url,
      declared: new Declared(document),
      seed,
      requests,
      onProgress: (sent) => {
        if (sent % 10_000 === 0) console.log(`  ${sent} …`);
      },
    });
    const seconds = (performance.now() - begin) / 1000;
    server.send('report');
    const [pauses] = (await once(server, 'message')) as [Pause[]];
    print(found, pauses, seconds);
    if (found.findings.length) process.exitCode = 1;
  } finally {
    if (server.exitCode === null && server.signalCode === null) {
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      await exit;
    }
    await remove();
  }
}

function print({ findings, statuses, neverSucceeded }: Findings, pauses: Pause[], seconds: number) {
  console.log(`\nAnswers by status (in ${seconds.toFixed(0)} s):`);
  for (const [status, count] of [...statuses].sort(([a], [b]) => a - b))
    console.log(`  ${status || 'none'}  ${count}`);
  if (neverSucceeded.length) console.log(`\nNever succeeded: ${neverSucceeded.join(', ')}`);
  const during = pauses
    .filter(({ route }) => route.includes('.'))
    .sort((a, b) => b.pause - a.pause);
  console.log('\nLongest pauses of the event loop, by the clock and by the processor alone (ms):');
  for (const { route, pause, processor } of during.slice(0, 10))
    console.log(`  ${pause.toFixed(1).padStart(7)} ${processor.toFixed(1).padStart(7)}  ${route}`);
  console.log(findings.length ? '' : '\nEvery answer was as declared, and none of 5xx.');
  for (const { times, number, what, curl } of findings)
    console.log(`${what}\n  request ${number}, ${times} such answers\n  ${curl.slice(0, 3000)}\n`);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`--${name} must be a whole number, not "${text}".\n\n${USAGE}`);
  return value;
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) throw new Error('The api did not start.');
    const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error('The api did not get ready.');
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
