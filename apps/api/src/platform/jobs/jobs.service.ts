import { locks } from '../database/locks.js';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Config } from '../config/config.js';
import { Database } from '../database/database.service.js';
import type { Transaction } from '../database/statements.js';
import { inBackground } from '../http/request-context.js';
import { JobsRepository, type LeasedJob } from './jobs.repository.js';

/** What a handler gets in addition to its payload. */
export interface JobRun {
  id: string;
  /** Above 1, an earlier attempt failed or its process ended */
  attempt: number;
  /** Aborted when this node shuts down; the job will be retried */
  signal: AbortSignal;
  /**
   * Saves the job's effect and removes the job in one transaction: after a crash it runs again only if neither was
   * saved. Throws `LeaseLost` if another worker has taken the job over.
   */
  commit<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
}

type Handler<Payload> = (payload: Payload, run: JobRun) => Promise<void>;

interface Registered {
  handler: Handler<never[]>;
  everySeconds: number | null;
  isHeavy: boolean;
}

export class LeaseLost extends Error {}

const MAX_ATTEMPTS = 12;
const IDLE_POLL_MS = 1000;
/** Work of minutes has a worker of its own, so that no mail waits for a video. */
const WORKERS = { light: 2, heavy: 1 };

/** Runs durable jobs on this node. Any number of nodes may share the table. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Jobs.name);
  private readonly handlers = new Map<string, Registered>();
  private readonly leaseMs: number;
  private readonly workers: Promise<void>[] = [];
  private readonly stopping = new AbortController();
  private sleepers: { isHeavy: boolean; wake: () => void }[] = [];

  constructor(
    private readonly repository: JobsRepository,
    private readonly database: Database,
    config: Config,
  ) {
    this.leaseMs = config.jobLeaseSeconds * 1000;
  }

  handle<Payload>(kind: string, handler: Handler<Payload>): void {
    this.register(kind, oneByOne(handler));
  }

  /** Due jobs with the same `batch` run as one, up to a hundred at a time. */
  handleTogether<Payload>(kind: string, handler: Handler<Payload[]>): void {
    this.register(kind, handler);
  }

  /** For work of minutes. The handler observes `signal`, as portions do, or a shutdown waits for it. */
  handleHeavy<Payload>(kind: string, handler: Handler<Payload>): void {
    this.register(kind, oneByOne(handler), { isHeavy: true });
  }

  /** For recurring work, which runs once per interval, however many nodes there are. */
  handleEvery(kind: string, everySeconds: number, handler: Handler<Record<string, never>>): void {
    this.register(kind, oneByOne(handler), { everySeconds });
  }

  /** Part of the caller's transaction: the job exists if and only if that is committed. */
  async enqueue(
    transaction: Transaction,
    kind: string,
    payload: object,
    { afterMinutes = 0, batch = null }: { afterMinutes?: number; batch?: string | null } = {},
  ): Promise<void> {
    const runAt = new Date(Date.now() + afterMinutes * 60_000).toISOString();
    await this.repository.insert(transaction, { ...newJob(kind, payload), batch, runAt });
    transaction.afterCommit(async () => this.wakeOneFor(kind));
  }

  /** Removes the jobs of a batch that no worker has begun, and returns what they held. */
  async takeBack<Payload>(
    transaction: Transaction,
    kind: string,
    batch: string,
  ): Promise<Payload[]> {
    const payloads = await this.repository.deleteUntried(transaction, kind, batch);
    return payloads.map((payload) => JSON.parse(payload) as Payload);
  }

  countDead(): Promise<number> {
    return this.repository.countDead();
  }

  async onApplicationBootstrap(): Promise<void> {
    const recurring = [...this.handlers].filter(([, { everySeconds }]) => everySeconds !== null);
    await this.database.transaction(async (transaction) => {
      await locks.recurringJobs(transaction);
      for (const [kind] of recurring) {
        await this.repository.insertUnlessKeyed(transaction, newJob(kind, {}, kind));
      }
    });
    for (let worker = 0; worker < WORKERS.light; worker++) this.start(false);
    for (let worker = 0; worker < WORKERS.heavy; worker++) this.start(true);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await Promise.all(this.workers);
  }

  private register<Payload>(
    kind: string,
    handler: Handler<Payload[]>,
    { everySeconds = null, isHeavy = false }: Partial<Registered> = {},
  ): void {
    if (this.handlers.has(kind)) throw new Error(`Two handlers for the job ${kind}`);
    this.handlers.set(kind, { handler: handler as Handler<never[]>, everySeconds, isHeavy });
  }

  private start(isHeavy: boolean): void {
    this.workers.push(inBackground(() => this.work(isHeavy), this.stopping.signal));
  }

  private async work(isHeavy: boolean): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const now = new Date();
        // Nodes of an older version skip kinds that they do not know.
        const kinds = [...this.handlers]
          .filter(([, registered]) => registered.isHeavy === isHeavy)
          .map(([kind]) => kind);
        // Looks first, because reading does not wait for SQLite's writers.
        const jobs =
          kinds.length && (await this.repository.hasDue(kinds, now.toISOString()))
            ? await this.repository.lease(kinds, now.toISOString(), this.leaseEnd())
            : [];
        if (jobs.length) await this.run(jobs);
        else await this.sleep(isHeavy);
      } catch (error) {
        this.logger.error({ err: error }, 'The job queue could not be read');
        await this.sleep(isHeavy);
      }
    }
  }

  /** One job, or several of a batch, which succeed or fail together. */
  private async run(jobs: LeasedJob[]): Promise<void> {
    const [first] = jobs as [LeasedJob];
    const registered = this.handlers.get(first.kind)!;
    const about = { job: first.id, kind: first.kind, jobs: jobs.length };
    const heartbeat = setInterval(() => {
      this.repository
        .extendLeases(jobs, this.leaseEnd())
        .catch((error: unknown) =>
          this.logger.warn({ err: error, ...about }, 'A lease was not extended'),
        );
    }, this.leaseMs / 3);
    try {
      let isCommitted = false;
      const commit: JobRun['commit'] = (work) =>
        this.database.transaction(async (transaction) => {
          if (!(await this.end(transaction, jobs, registered.everySeconds))) throw new LeaseLost();
          const result = await work(transaction);
          transaction.afterCommit(async () => {
            isCommitted = true;
          });
          return result;
        });
      const payloads = jobs.map(({ payload }) => JSON.parse(payload) as never);
      await registered.handler(payloads, {
        id: first.id,
        attempt: first.attempts,
        signal: this.stopping.signal,
        commit,
      });
      if (!isCommitted) await commit(async () => undefined);
    } catch (error) {
      if (error instanceof LeaseLost) this.logger.warn(about, 'Another worker took the job over');
      else if (this.stopping.signal.aborted) await this.repository.release(jobs);
      else for (const job of jobs) await this.fail(job, error);
    } finally {
      clearInterval(heartbeat);
    }
  }

  private async end(
    transaction: Transaction,
    jobs: LeasedJob[],
    everySeconds: number | null,
  ): Promise<boolean> {
    if (everySeconds === null) return this.repository.remove(transaction, jobs);
    const next = new Date(Date.now() + everySeconds * 1000).toISOString();
    return this.repository.reschedule(transaction, jobs[0]!, next);
  }

  private async fail(job: LeasedJob, error: unknown): Promise<void> {
    const isDead =
      job.attempts >= MAX_ATTEMPTS && this.handlers.get(job.kind)?.everySeconds === null;
    // 2 s, 4 s, 8 s … up to an hour, with jitter so that many failures are not retried together.
    const delayMs = Math.min(2 ** job.attempts, 3600) * 1000 * (0.75 + Math.random() / 2);
    const log = isDead ? 'error' : 'warn';
    this.logger[log](
      { err: error, job: job.id, kind: job.kind, attempt: job.attempts },
      isDead ? 'A job died' : 'A job failed and will be tried again',
    );
    await this.repository.recordFailure(
      job,
      isDead ? 'dead' : 'waiting',
      new Date(Date.now() + delayMs).toISOString(),
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  }

  private leaseEnd(): string {
    return new Date(Date.now() + this.leaseMs).toISOString();
  }

  private wake(): void {
    for (const { wake } of this.sleepers.splice(0)) wake();
  }

  /** One job needs one worker: a second one would also wait for the database's only writer. */
  private wakeOneFor(kind: string): void {
    const isHeavy = this.handlers.get(kind)?.isHeavy ?? false;
    const at = this.sleepers.findIndex((sleeper) => sleeper.isHeavy === isHeavy);
    if (at >= 0) this.sleepers.splice(at, 1)[0]!.wake();
  }

  private sleep(isHeavy: boolean): Promise<void> {
    if (this.stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { isHeavy, wake: resolve as () => void };
      const timer = setTimeout(() => {
        this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
        resolve();
      }, IDLE_POLL_MS);
      sleeper.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.sleepers.push(sleeper);
    });
  }
}

const oneByOne =
  <Payload>(handler: Handler<Payload>): Handler<Payload[]> =>
  async (payloads, run) => {
    for (const payload of payloads) await handler(payload, run);
  };

/** A row of `jobs` for whoever has no `Jobs`: the api runs it. */
export function newJob(kind: string, payload: object, uniqueKey: string | null = null) {
  const now = new Date().toISOString();
  return {
    id: uuid(),
    kind,
    payload: JSON.stringify(payload),
    uniqueKey,
    batch: null,
    state: 'waiting' as const,
    runAt: now,
    attempts: 0,
    lastError: null,
    createdAt: now,
  };
}
