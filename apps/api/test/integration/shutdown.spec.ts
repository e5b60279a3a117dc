import { fork } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../support/free-port.js';
import { rawConnection, requestHead } from '../support/raw-http.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const API = '/api/v1';
const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** The built api as a process of its own, as in production. */
async function startProcess() {
  const database = await createTestDatabase();
  const port = await freePort();
  const child = fork(MAIN, [], {
    env: {
      ...process.env,
      ...database.environment,
      API_PORT: String(port),
      LOG_LEVEL: 'error',
      NODE_OPTIONS: '',
      NODE_ENV: 'test',
    },
    execArgv: [],
    silent: true,
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const url = `http://127.0.0.1:${port}`;
  await until('the api is ready', () =>
    fetch(`${url}${API}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return { child, ended, url, database };
}

describe('the api', () => {
  it('finishes requests in flight when it is told to stop, accepts no new ones, and ends cleanly', async () => {
    const { child, ended, url, database } = await startProcess();
    try {
      const { send, hears } = rawConnection(url);
      const body = JSON.stringify({ email: 'nobody@example.org', password: 'whatever it is' });
      send(
        requestHead('POST', `${API}/auth/login`, {
          'Content-Type': 'application/json',
          'Content-Length': body.length,
          Expect: '100-continue',
        }),
      );
      // From now on it is in flight.
      await hears(/HTTP\/1\.1 100/);
      child.kill('SIGTERM');
      await until('it accepts no new ones', () =>
        fetch(`${url}${API}/health/live`).then(
          () => false,
          () => true,
        ),
      );
      send(body);
      await hears(/HTTP\/1\.1 401/);
      expect(await ended).not.toBe(1);
    } finally {
      child.kill('SIGKILL');
      await database.remove();
    }
  });

  it('says what is wrong with its settings, and nothing else', async () => {
    const broken = fork(MAIN, [], {
      env: { ...process.env, API_PORT: 'eighty', NODE_OPTIONS: '' },
      execArgv: [],
      silent: true,
    });
    let said = '';
    broken.stderr!.on('data', (part: Buffer) => (said += part.toString()));
    expect(await new Promise((resolve) => broken.on('exit', resolve))).toBe(1);
    expect(said).toContain('API_PORT: must be a whole number');
    expect(said).not.toContain('    at ');
  });
});
