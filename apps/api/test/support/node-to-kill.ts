import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const children = new Set<ReturnType<typeof fork>>();

interface Call {
  /** Where the service is, below the folder of the sources */
  path: string;
  service: string;
  method: string;
  values: unknown[];
}

interface Answer {
  result?: unknown;
  error?: string;
}

export interface NodeToKill {
  call<Result>(call: Call): Promise<Result>;
  kill(): Promise<void>;
  /** The signal that ended it */
  died: Promise<string | null>;
}

/** The built api as a process of its own, on the database that the settings lead to. */
export async function startNode(
  environment: Record<string, string>,
  { works = [] as string[], atEnd = null as 'die' | 'fail' | null },
): Promise<NodeToKill> {
  if (!existsSync(join(import.meta.dirname, '../../dist/app.module.js')))
    throw new Error('Build the api first: npm test does');
  const child = fork(
    join(import.meta.dirname, 'killed-node.mjs'),
    [JSON.stringify({ works, atEnd })],
    {
      env: {
        ...process.env,
        ...environment,
        NODE_ENV: 'test',
        LOG_LEVEL: 'fatal',
        NODE_OPTIONS: '',
      },
      execArgv: [],
    },
  );
  children.add(child);
  const died = once(child, 'exit').then(([, signal]: (string | null)[]) => {
    children.delete(child);
    return signal ?? null;
  });
  const answer = async (): Promise<unknown> => {
    const ended: Answer[] = [{ error: 'The node has ended' }];
    const [answered] = await Promise.race([
      once(child, 'message') as Promise<Answer[]>,
      died.then(() => ended),
    ]);
    if (answered!.error) throw new Error(answered!.error);
    return answered!.result;
  };
  // A process that dies in its first job may never report that it is ready.
  if (atEnd !== 'die') await answer();
  return {
    died,
    async call<Result>(call: Call): Promise<Result> {
      child.send(call);
      return (await answer()) as Result;
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await died;
    },
  };
}

/** For the end of a test, however it went. */
export function killNodes(): void {
  for (const child of children) child.kill('SIGKILL');
}
