/** The load generator's process: sends requests, and reports once when asked to or when time is up. */
import autocannon from 'autocannon';
import { optionsGiven } from '../children.ts';
import type { BenchRequest } from '../request.ts';
import { cpuMicrosOf } from './processor-time.ts';

export interface LoadOptions {
  url: string;
  requests: BenchRequest[];
  connections: number;
  /** Everything as fast as it is answered if not given. */
  perSecond?: number;
  /** Not counted: the servers compile what is hot, and the connections open. */
  warmUpSeconds: number;
  /** Until it is told to stop if null. */
  seconds: number | null;
  /** The process whose processor time is counted. */
  serverPid?: number;
}

export interface Measurement {
  statuses: Record<string, number>;
  errors: string[];
  perSecond: number;
  p50: number;
  p99: number;
  /** Processor time of the server per answer, in microseconds; NaN where the system does not tell. */
  cpuMicros: number;
  /** Answers since `startedAt`, those of the warm-up too. */
  answered: number;
  startedAt: number;
  /** With the jobs that they left, where an entry counts them. */
  donePerSecond?: number;
}

const options = await optionsGiven<LoadOptions>();
const statuses: Record<string, number> = {};
const errors = new Set<string>();
const times: number[] = [];
const startedAt = Date.now();
let answered = 0;
let connection = 0;
let isCounting = false;
let countingSince = 0;
let cpuBefore = 0;

const load = autocannon(
  {
    url: options.url,
    requests: options.requests,
    connections: options.connections,
    ...(options.perSecond && { overallRate: options.perSecond }),
    // Longer than any round: this process ends the round, so requests that are still queued are no errors.
    duration: 3600,
    timeout: 600,
    // Otherwise all of them would request the same at the same time.
    setupClient(client) {
      const { requests, connections } = options;
      const first = Math.floor((connection++ * requests.length) / connections) % requests.length;
      client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
    },
  },
  () => undefined,
);
load.on('response', (_client, status, _bytes, milliseconds) => {
  answered++;
  if (!isCounting) return;
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status < 300) times.push(milliseconds);
});
load.on('reqError', (error: Error) => errors.add(error.message));

setTimeout(begin, options.warmUpSeconds * 1000);
process.on('message', report);
process.on('disconnect', () => process.exit());

function begin(): void {
  isCounting = true;
  countingSince = performance.now();
  cpuBefore = cpuMicrosOf(options.serverPid);
  if (options.seconds !== null) setTimeout(report, options.seconds * 1000);
}

function report(): void {
  isCounting = false;
  const seconds = (performance.now() - countingSince) / 1000;
  const cpu = cpuMicrosOf(options.serverPid) - cpuBefore;
  times.sort((a, b) => a - b);
  const measurement: Measurement = {
    statuses,
    errors: [...errors],
    perSecond: times.length / seconds,
    p50: atShare(0.5),
    p99: atShare(0.99),
    cpuMicros: cpu / times.length,
    answered,
    startedAt,
  };
  process.send!(measurement, () => process.exit());
}

function atShare(share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
}
