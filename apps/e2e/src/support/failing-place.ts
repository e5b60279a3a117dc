import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './fresh-place.js';

const WEB = fileURLToPath(new URL('../../../web/', import.meta.url));

interface FailingPlace {
  url: string;
  /** From now on nothing fails. */
  mend: () => void;
  leave: () => void;
}

/** The installation of the stories, for whose pages the api fails where a path begins so. */
export async function failingPlace(...failing: string[]): Promise<FailingPlace> {
  let isMended = false;
  const between = createServer((asked, answer) => {
    if (!isMended && failing.some((path) => asked.url?.startsWith(path)))
      return void answer.writeHead(503).end();
    const { method, headers, url } = asked;
    const on = request(
      { port: Number(process.env['E2E_PORT']) + 1, path: url, method, headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    on.on('error', () => answer.destroy());
    asked.pipe(on);
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  const port = await freePort();
  const web = spawn(process.execPath, ['server.js'], {
    cwd: WEB,
    env: {
      ...process.env,
      PORT: String(port),
      RATE_LIMITS: 'off',
      API_ORIGIN: `http://127.0.0.1:${(between.address() as AddressInfo).port}`,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const mend = () => {
    isMended = true;
  };
  const leave = () => {
    web.kill('SIGTERM');
    between.close();
    between.closeAllConnections();
  };
  const url = `http://localhost:${port}`;
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await fetch(`${url}/login`).catch(() => null)) return { url, mend, leave };
    await sleep(50);
  }
  leave();
  throw new Error('The web server did not start');
}
