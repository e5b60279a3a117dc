import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SERVE = fileURLToPath(new URL('../../../../scripts/serve.mjs', import.meta.url));

interface FreshPlace {
  url: string;
  /** The status of the first answer that it gave. */
  first: number;
  leave: () => Promise<void>;
}

export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

/** An installation that nobody has an account in yet, until `leave` is called. */
export async function freshPlace(settings: Record<string, string> = {}): Promise<FreshPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'echomate-fresh-'));
  const [port, apiPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `(await import(${JSON.stringify(SERVE)})).serve()`],
    {
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      env: {
        ...process.env,
        PORT: String(port),
        API_PORT: String(apiPort),
        DATA_DIR: folder,
        DATABASE_URL: '',
        LOG_LEVEL: 'warn',
        RATE_LIMITS: 'off',
        ...settings,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const leave = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  let first: number | undefined;
  for (let attempt = 0; attempt < 2000; attempt++) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => null);
    first ??= answer?.status;
    if (first && answer?.ok) return { url, first, leave };
    await sleep(50);
  }
  await leave();
  throw new Error('The installation did not start');
}
