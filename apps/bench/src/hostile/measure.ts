import type { Installation } from '../installation.ts';
import { untilNoJobs } from '../jobs.ts';
import type { ProbedApi } from './probed-api.ts';
import type { Question } from './question.ts';

/** All in milliseconds. */
export interface Measured {
  /** The first time: statements are prepared, pages read from the disk. */
  first: number;
  median: number;
  longest: number;
  /** The longest turn of the loop each time, but for the first time: the median of them. */
  pause: number;
  longestPause: number;
  /** Of the longest, for collecting garbage. */
  gc: number;
  /** The longest turn of the jobs that it left; null for what only reads. */
  jobsPause: number | null;
}

/** What takes this long is measured only once. */
const PATIENCE_MS = 4000;

export async function measure(
  api: ProbedApi,
  installation: Installation,
  question: Question,
  times: number,
): Promise<Measured> {
  const isRead = question.method === 'GET' || question.path === '/posts/audience-preview';
  const taken: { ms: number; pause: number; gc: number }[] = [];
  let jobsPause: number | null = null;
  const began = Date.now();
  for (let time = 0; time <= times && Date.now() - began < PATIENCE_MS; time++) {
    await api.reset();
    const ms = await send(api.url, question);
    taken.push({ ms, ...(await api.read()) });
    if (isRead) continue;
    await api.reset();
    await untilNoJobs(installation);
    if (time || !jobsPause) jobsPause = Math.max(jobsPause ?? 0, (await api.read()).pause);
    if (question.undo) await send(api.url, { ...question, ...question.undo, expected: undefined });
    await untilNoJobs(installation);
  }
  const first = taken[0]!;
  const rest = taken.length > 1 ? taken.slice(1) : taken;
  const worst = rest.reduce((one, other) => (other.pause > one.pause ? other : one));
  return {
    first: first.ms,
    median: median(rest.map(({ ms }) => ms)),
    longest: Math.max(...rest.map(({ ms }) => ms)),
    pause: median(rest.map(({ pause }) => pause)),
    longestPause: worst.pause,
    gc: worst.gc,
    jobsPause,
  };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Milliseconds until the last byte is here. */
export async function send(
  url: string,
  question: Pick<Question, 'method' | 'path' | 'body' | 'as'> & { expected?: 404 | undefined },
): Promise<number> {
  const { method, path, body, as, expected } = question;
  const isForm = body instanceof FormData;
  const before = performance.now();
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      cookie: as.cookie,
      // The api closes idle connections after some seconds, which clients may notice too late.
      connection: 'close',
      ...(body && !isForm && { 'content-type': 'application/json' }),
    },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw new Error(`${method} ${path} got no answer: ${String(error.cause)}`);
  });
  const text = await response.text();
  const took = performance.now() - before;
  if (expected ? response.status !== expected : !response.ok)
    throw new Error(
      `${method} ${path} of ${as.email} was answered with ${response.status}: ${text.slice(0, 500)}`,
    );
  return took;
}
