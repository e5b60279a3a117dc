import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi } from '../api-server.ts';
import { atTheEnd, endEverything } from '../children.ts';
import { startWeb } from '../web-server.ts';

export interface Server {
  name: string;
  port: number;
  pid: number;
}

/** The headers that let a request be forwarded on behalf of an address. */
export const PROXY_SECRET = 'known to the bench and to both servers';

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
    const web = await startWeb(api.url, {
      environment: { PROXY_SECRET, TRUSTED_PROXIES: 'loopback' },
    });
    return await work(
      { name: 'api', port: Number(new URL(api.url).port), pid: api.pid },
      { name: 'web', port: web.port, pid: web.pid },
    );
  } finally {
    await endEverything();
  }
}
