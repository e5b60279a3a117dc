import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startApi } from '../api-server.ts';
import { atTheEnd, endEverything, startProgram } from '../children.ts';
import { patiently } from '../patiently.ts';

export interface Server {
  name: string;
  port: number;
  pid: number;
}

/** What a request needs to be believed about whom it comes from. */
export const PROXY_SECRET = 'known to the bench and to both servers';

const WEB_MAIN = fileURLToPath(new URL('../../../web/server.js', import.meta.url));

/** Api and web server as people run them, with every limit on; loopback may say whom it speaks for. */
export async function withBothServers<Result>(
  work: (api: Server, web: Server) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'echomate-bodies-'));
  atTheEnd(() => rm(dataDir, { recursive: true, force: true }));
  try {
    const api = await startApi(dataDir, undefined, {
      settings: { RATE_LIMITS: 'on', LOG_LEVEL: 'fatal', PROXY_SECRET },
    });
    const port = await freePort();
    const { pid } = startProgram(WEB_MAIN, {
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        API_ORIGIN: api.url,
        PROXY_SECRET,
        TRUSTED_PROXIES: 'loopback',
      },
      // Whatever it complains about while it is attacked is not what is measured.
      stdio: 'ignore',
    });
    await patiently('the web server', async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/login`).catch(() => undefined);
      return answer?.ok || undefined;
    });
    return await work(
      { name: 'api', port: Number(new URL(api.url).port), pid: api.pid },
      { name: 'web', port, pid: pid! },
    );
  } finally {
    await endEverything();
  }
}
