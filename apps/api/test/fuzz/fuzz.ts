import fc from 'fast-check';
import type { Declared } from '../support/declared.ts';
import { requestsOf, type MadeUp } from './requests.ts';
import { asCurl, send, written } from './send.ts';
import { World } from './world.ts';

/** Made up at once; more would only take memory. */
const PORTION = 500;

export interface Finding {
  /** How often a similar request has occurred */
  times: number;
  number: number;
  what: string;
  curl: string;
}

export interface Findings {
  findings: Finding[];
  statuses: Map<number, number>;
  neverSucceeded: string[];
}

interface Options {
  url: string;
  declared: Declared;
  seed: number;
  requests: number;
  onProgress?: (sent: number) => void;
}

/** Sends made-up requests one after another and looks at every answer. */
export async function fuzz(options: Options): Promise<Findings> {
  const { url, declared, seed, requests } = options;
  const world = await World.build(url, declared);
  const anything = requestsOf(declared);
  const findings = new Map<string, Finding>();
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < requests; sent += PORTION) {
    const numRuns = Math.min(PORTION, requests - sent);
    const portion = fc.sample(anything, { seed: seed + sent, numRuns });
    for (const [index, made] of portion.entries()) {
      const { status, what, curl } = await ask(made, options, world);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (!what) continue;
      const like = `${made.operation.operationId} ${status} ${status < 500 ? what.slice(0, 60) : ''}`;
      const earlier = findings.get(like);
      if (earlier) earlier.times++;
      else findings.set(like, { times: 1, number: sent + index, what, curl: curl() });
    }
    options.onProgress?.(sent + numRuns);
  }
  return {
    findings: [...findings.values()],
    statuses,
    neverSucceeded: declared.operations
      .map(({ operationId }) => operationId)
      .filter((operationId) => !declared.succeeded.has(operationId)),
  };
}

async function ask(made: MadeUp, { url, declared }: Options, world: World) {
  const sent = written(made, world);
  const name = `${made.operation.method.toUpperCase()} ${made.operation.path}`;
  const curl = () => asCurl(url, sent);
  const answer = await send(url, sent, made.operation.operationId).catch((error: Error) => error);
  if (answer instanceof Error) return { status: 0, what: `${name}: ${answer.message}`, curl };
  const { status, type, body } = answer;
  const isJson = type === undefined || type.includes('json');
  const text = isJson ? body.toString() : null;
  if (status === 401 && made.viewer && text?.includes(':not-signed-in') && !made.headers['Cookie'])
    await world.comeBack(made.viewer);
  if (status < 300 && text && made.method !== 'HEAD')
    world.learn(made.operation, made.viewer, text);
  const complaint =
    status >= 500
      ? (text ?? '')
      : declared.complaint({ method: made.method, url: sent.path, status, type, body: text });
  return { status, what: complaint && `${name} → ${status}: ${complaint}`, curl };
}
