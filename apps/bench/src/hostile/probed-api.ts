import { startApi, type Api } from '../api-server.ts';
import { messageOf } from '../children.ts';
import type { Installation } from '../installation.ts';
import type { Pause } from './probe.ts';

/** An api that tells how long its event loop was held. */
export interface ProbedApi extends Api {
  reset(): Promise<void>;
  read(): Promise<Pause>;
}

export async function startProbedApi(installation: Installation): Promise<ProbedApi> {
  const { child, ...api } = await startApi(installation.dataDir, installation.databaseUrl, {
    preloaded: new URL('./probe.ts', import.meta.url),
  });
  const ask = <Answer>(question: 'reset' | 'read'): Promise<Answer> => {
    const answer = messageOf<Answer>(child);
    child.send(question);
    return answer;
  };
  return { ...api, reset: () => ask('reset'), read: () => ask('read') };
}
