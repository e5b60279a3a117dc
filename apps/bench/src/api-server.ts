import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { hasEnded, startProgram, stop } from './children.ts';
import { patiently } from './patiently.ts';

export interface Api {
  url: string;
  pid: number;
  /** Waits until the database is written and closed. */
  stop(): Promise<void>;
}

/** On a busy machine. */
const START_SECONDS = 600;

interface Settings {
  preloaded?: URL;
  settings?: Record<string, string>;
  nodeOptions?: string[];
}

export interface StartedApi extends Api {
  child: ChildProcess;
}

const API_MAIN = fileURLToPath(new URL('../../api/dist/main.js', import.meta.url));

/**
 * Starts the built api on an installation of its own, with further settings; a module that it loads first can talk
 * to this process.
 */
export async function startApi(
  dataDir: string,
  databaseUrl: string | undefined,
  { preloaded, settings = {}, nodeOptions = [] }: Settings = {},
): Promise<StartedApi> {
  const port = await freePort();
  const child = startProgram(
    API_MAIN,
    {
      // Nothing of the operator's own configuration may change what is measured.
      env: {
        PATH: process.env['PATH'],
        API_PORT: String(port),
        DATA_DIR: dataDir,
        RATE_LIMITS: 'off',
        LOG_LEVEL: 'warn',
        // The same on every machine, as the session says whether there is one.
        FFMPEG_PATH: '/nowhere/ffmpeg',
        ...(databaseUrl && { DATABASE_URL: databaseUrl }),
        ...(preloaded && { NODE_OPTIONS: `--import=${preloaded.href}` }),
        ...settings,
      },
      cwd: dataDir,
      stdio: ['ignore', 'pipe', 'pipe', ...(preloaded ? ['ipc' as const] : [])],
    },
    nodeOptions,
  );
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (text: Buffer) => (output = (output + text.toString()).slice(-4000)));
  const url = `http://127.0.0.1:${port}`;
  await patiently(
    'the api',
    async () => {
      if (hasEnded(child)) throw new Error(`The api did not start:\n${output}`);
      const response = await fetch(`${url}/api/v1/health/ready`).catch(() => undefined);
      return response?.ok || undefined;
    },
    START_SECONDS,
  );
  return { url, pid: child.pid!, child, stop: () => stop(child) };
}

export function assertApiIsBuilt(): void {
  if (!existsSync(API_MAIN))
    throw new Error('The api is not built: run `npx nx build @echomate/api` first.');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
