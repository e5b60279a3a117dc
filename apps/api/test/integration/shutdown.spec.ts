import { fork } from 'node:child_process';
import { join } from 'node:path';
import { createTestDatabase } from '../support/test-database.js';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** The built api as a process of its own, as in production. */
async function startProcess() {
  const database = await createTestDatabase();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
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
  const url = `http://127.0.0.1:${port}/api/v1`;
  for (let attempt = 0; attempt < 400; attempt++) {
    if ((await fetch(`${url}/health/ready`).catch(() => null))?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { child, ended, url, database };
}

describe('the api', () => {
  it('finishes what is in flight when it is told to stop, lets no one in any more, and ends cleanly', async () => {
    const { child, ended, url, database } = await startProcess();
    try {
      // A log-in takes a while: bcrypt at its real cost.
      const inFlight = fetch(`${url}/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'nobody@example.org', password: 'whatever it is' }),
      });
      await new Promise((resolve) => setTimeout(resolve, 40));
      child.kill('SIGTERM');
      expect((await inFlight).status).toBe(401);
      expect(await ended).not.toBe(1);
      await expect(fetch(`${url}/health/live`)).rejects.toThrow();
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
