import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from './api-server.ts';
import { hasEnded, startProgram } from './children.ts';
import { patiently } from './patiently.ts';

const WEB_MAIN = fileURLToPath(new URL('../../web/server.js', import.meta.url));

interface Settings {
  /** A module that it loads first and that can talk to this process. */
  preloaded?: URL;
  nodeOptions?: string[];
  environment?: Record<string, string>;
}

export interface StartedWeb {
  url: string;
  port: number;
  pid: number;
  child: ChildProcess;
}

/** Starts the built web server in front of an api. */
export async function startWeb(
  apiUrl: string,
  { preloaded, nodeOptions = [], environment = {} }: Settings = {},
): Promise<StartedWeb> {
  const port = await freePort();
  const child = startProgram(
    WEB_MAIN,
    {
      env: { PATH: process.env['PATH'], PORT: String(port), API_ORIGIN: apiUrl, ...environment },
      // What it logs under load is not measured.
      stdio: ['ignore', 'ignore', 'ignore', ...(preloaded ? ['ipc' as const] : [])],
    },
    [...nodeOptions, ...(preloaded ? [`--import=${preloaded.href}`] : [])],
  );
  const url = `http://127.0.0.1:${port}`;
  await patiently('the web server', async () => {
    if (hasEnded(child)) throw new Error('The web server did not start. Is it built?');
    const answer = await fetch(`${url}/login`).catch(() => undefined);
    return answer?.ok || undefined;
  });
  return { url, port, pid: child.pid!, child };
}
