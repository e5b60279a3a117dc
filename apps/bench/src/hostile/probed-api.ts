import type { ChildProcess } from 'node:child_process';
import { startApi, type Api } from '../api-server.ts';
import { messageOf } from '../children.ts';
import type { Installation } from '../installation.ts';
import type { Pause } from './probe.ts';

export const PROBE = new URL('./probe.ts', import.meta.url);

/** Tells how long an event loop was held. */
export interface Probe {
  reset(): Promise<void>;
  read(): Promise<Pause>;
}

export type ProbedApi = Api & Probe;

export async function startProbedApi(
  installation: Installation,
  nodeOptions: string[] = [],
): Promise<ProbedApi> {
  const { child, ...api } = await startApi(installation.dataDir, installation.databaseUrl, {
    preloaded: PROBE,
    nodeOptions,
  });
  return { ...api, ...probeOf(child) };
}

/** Of a process that was started with `PROBE`. */
export function probeOf(child: ChildProcess): Probe {
  const ask = <Answer>(question: 'reset' | 'read'): Promise<Answer> => {
    const answer = messageOf<Answer>(child);
    child.send(question);
    return answer;
  };
  return { reset: () => ask('reset'), read: () => ask('read') };
}
