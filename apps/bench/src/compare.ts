import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type Api } from './api-server.ts';
import { assertSameAnswers, ask, startBare } from './bare-server.ts';
import { atTheEnd, endEverything } from './children.ts';
import type { Entry, Flood, Workload } from './entry.ts';
import type { BenchRequest } from './request.ts';
import type { Installation } from './installation.ts';
import { measure, measureInFlood } from './load/load.ts';
import type { Measurement } from './load/main.ts';
import { patiently } from './patiently.ts';
import { statementsOf, type Statements } from './statements.ts';
import { untilNoJobs } from './jobs.ts';
import { worldOf } from './world/worlds.ts';

interface Where {
  databaseUrl: string | undefined;
}

export interface BenchOptions extends Where {
  seconds: number;
  rounds: number;
}

/** One of the two that are compared, with a measurement for every round. */
export interface Side {
  name: string;
  rounds: Measurement[];
}

export interface Pair {
  reference: Side;
  subject: Side;
}

export interface Comparison {
  /** By the kind of request that was measured; one without a name for requests of one kind. */
  pairs: Record<string, Pair>;
  /** The results of the flood's own requests: status → count. */
  flood: Record<string, number> | null;
  /** Whether the api was compared with itself: then latency is held to the target too. */
  isGrowth: boolean;
  /** How many the database runs for each kind of the entry's requests. */
  statements: Statements;
}

interface Contender {
  name: string;
  measure(warmUpSeconds: number): Promise<Measurement>;
}

const FIRST_WARM_UP_SECONDS = 3;
const WARM_UP_SECONDS = 1;

/** Where an entry is measured: a database and the api on it. */
interface Stage {
  api: Api;
  installation: Installation;
  workload: Workload;
}

/** Measures one entry on an installation of its own and leaves nothing behind. */
export async function compare(entry: Entry, options: BenchOptions): Promise<Comparison> {
  try {
    const stage = await setUp(entry, options, entry.world?.posts);
    const besidePosts = entry.world?.besidePosts;
    const small = besidePosts ? await setUp(entry, options, besidePosts) : stage;
    const { flood } = stage.workload;
    const baseline = besidePosts ? small.workload.requests : stage.workload.baseline;
    const statements = await statementsOf(stage.api.url, stage.workload.requests);
    if (baseline) await statementsOf(small.api.url, baseline, statements);
    const measured = flood
      ? await withAndWithoutFlood(stage, flood, options)
      : baseline
        ? await besideBaseline(entry, stage, { ...small, baseline }, options)
        : await besideBare(entry, stage, options);
    return { flood: null, isGrowth: baseline !== undefined, statements, ...measured };
  } finally {
    await endEverything();
  }
}

/** Measures nothing: throws if the bare server answers anything else than the api. */
export async function compareAnswers(entry: Entry, options: Where): Promise<void> {
  try {
    await startSameBare(entry, await setUp(entry, options, entry.world?.posts));
  } finally {
    await endEverything();
  }
}

async function setUp(
  entry: Entry,
  { databaseUrl }: Where,
  posts: number | undefined,
): Promise<Stage> {
  const world = posts ? await worldOf(posts, entry.world!, databaseUrl) : undefined;
  const installation = world?.installation ?? newInstallation(databaseUrl);
  const api = await startApi(installation.dataDir, installation.databaseUrl);
  return { api, installation, workload: await entry.seed(api, installation, world) };
}

function newInstallation(databaseUrl: string | undefined): Installation {
  const dataDir = mkdtempSync(join(tmpdir(), 'echomate-bench-'));
  atTheEnd(() => rm(dataDir, { recursive: true, force: true }));
  return { dataDir, databaseUrl };
}

async function startSameBare(entry: Entry, { api, installation, workload }: Stage) {
  const { headers, status } = await ask(api.url, workload.requests[0]!);
  const bare = await startBare({ ...installation, entry: entry.name, headers, status });
  await assertSameAnswers(entry, workload.requests, api.url, bare.url);
  return bare;
}

async function besideBare(entry: Entry, stage: Stage, { rounds, seconds }: BenchOptions) {
  const { api, installation, workload } = stage;
  const { requests, connections, kinds = { '': requests } } = workload;
  const bare = await startSameBare(entry, stage);
  const contender = (
    name: string,
    { url, pid }: Pick<Api, 'url' | 'pid'>,
    asked: BenchRequest[],
  ): Contender => ({
    name,
    async measure(warmUpSeconds) {
      // Requests still queued from the last round would be charged to this one.
      await untilServed(api.url, requests[0]!);
      await untilServed(bare.url, requests[0]!);
      if (entry.hasJobs) await untilNoJobs(installation);
      const load = { url, serverPid: pid, requests: asked, connections, seconds, warmUpSeconds };
      return untilDone(entry, installation, await measure(load));
    },
  });
  const pairs: Record<string, Pair> = {};
  for (const [kind, asked] of Object.entries(kinds))
    pairs[kind] = await alternate(
      rounds,
      contender('bare server', bare, asked),
      contender('api', api, asked),
    );
  return { pairs };
}

/** Compares the api with itself: whether much data is as fast as little. */
async function besideBaseline(
  entry: Entry,
  large: Stage,
  small: Stage & { baseline: BenchRequest[] },
  { rounds, seconds }: BenchOptions,
) {
  const contender = (name: string, { api, installation }: Stage, requests: BenchRequest[]) => ({
    name,
    async measure(warmUpSeconds: number) {
      await untilServed(api.url, requests[0]!);
      if (entry.hasJobs) await untilNoJobs(installation);
      const { url, pid: serverPid } = api;
      const { connections } = large.workload;
      const load = { url, serverPid, requests, connections, seconds, warmUpSeconds };
      return untilDone(entry, installation, await measure(load));
    },
  });
  const pair = await alternate(
    rounds,
    contender('small', small, small.baseline),
    contender('large', large, large.workload.requests),
  );
  return { pairs: { '': pair } };
}

async function untilDone(
  entry: Entry,
  installation: Installation,
  measurement: Measurement,
): Promise<Measurement> {
  if (!entry.hasJobs) return measurement;
  await untilNoJobs(installation);
  const seconds = (Date.now() - measurement.startedAt) / 1000;
  return { ...measurement, donePerSecond: measurement.answered / seconds };
}

async function withAndWithoutFlood(
  { api, workload: { requests, connections, perSecond } }: Stage,
  flood: Flood,
  { rounds, seconds }: BenchOptions,
) {
  const load = {
    url: api.url,
    serverPid: api.pid,
    requests,
    connections,
    seconds,
    ...(perSecond && { perSecond }),
  };
  const statuses: Record<string, number> = {};
  const without: Contender = {
    name: 'without',
    async measure(warmUpSeconds) {
      await untilServed(api.url, flood.requests[0]!);
      return measure({ ...load, warmUpSeconds });
    },
  };
  const inFlood: Contender = {
    name: 'with the flood',
    async measure(warmUpSeconds) {
      const measured = await measureInFlood({ ...load, warmUpSeconds }, flood);
      for (const [status, count] of Object.entries(measured.flood.statuses))
        statuses[status] = (statuses[status] ?? 0) + count;
      // The processor time of the flood is not that of the reads.
      return { ...measured.measurement, cpuMicros: NaN };
    },
  };
  return { pairs: { '': await alternate(rounds, without, inFlood) }, flood: statuses };
}

/** The two alternate, in every other round in reverse order, so that drift of the machine affects both. */
async function alternate(rounds: number, reference: Contender, subject: Contender): Promise<Pair> {
  const sides = [reference, subject].map((contender) => ({
    contender,
    side: { name: contender.name, rounds: [] as Measurement[] },
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { contender, side } of round % 2 ? sides.toReversed() : sides)
      side.rounds.push(await contender.measure(round ? WARM_UP_SECONDS : FIRST_WARM_UP_SECONDS));
  }
  return { reference: sides[0]!.side, subject: sides[1]!.side };
}

/** An answer means that all earlier requests have been served. */
async function untilServed(url: string, request: BenchRequest): Promise<void> {
  await patiently(
    'an idle server',
    async () => (await ask(url, request)).status < 300 || undefined,
    120,
  );
}
