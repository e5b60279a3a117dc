import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Place } from './places.js';

const SERVE = fileURLToPath(new URL('../../../../scripts/serve.mjs', import.meta.url));

interface FreshPlace extends Place {
  /** The status of the first answer that it gave. */
  first: number;
  /** For as long as it is away, `meanwhile` happens. */
  restart: (meanwhile?: () => Promise<unknown>) => Promise<void>;
  leave: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

/** An installation that nobody has an account in yet, until `leave` is called. */
export async function freshPlace(): Promise<FreshPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'echomate-fresh-'));
  const [port, apiPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const environment = {
    ...{ PORT: String(port), API_PORT: String(apiPort), DATA_DIR: folder },
    ...{ DATABASE_URL: '', LOG_LEVEL: 'warn', RATE_LIMITS: 'off' },
  };
  let child: ChildProcess;
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const leave = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  const start = async (): Promise<number> => {
    child = spawn(
      process.execPath,
      ['--input-type=module', '-e', `(await import(${JSON.stringify(SERVE)})).serve()`],
      {
        cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    let first: number | undefined;
    for (let attempt = 0; attempt < 2000; attempt++) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => null);
      first ??= answer?.status;
      if (first && answer?.ok) return first;
      await sleep(50);
    }
    await leave();
    throw new Error('The installation did not start');
  };
  const first = await start();
  return {
    ...{ url, apiUrl: `http://127.0.0.1:${apiPort}`, first, leave },
    async restart(meanwhile = async () => undefined) {
      await stop();
      await meanwhile();
      await start();
    },
  };
}
