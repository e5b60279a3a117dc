import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../src/platform/database/database.service.js';
import { untilLittleIsLeft } from '../../src/platform/database/portions.js';
import { sql } from '../../src/platform/database/statements.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import { Jobs, LeaseLost, type JobRun } from '../../src/platform/jobs/jobs.service.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

let app: TestApp;
let database: Database;
let jobs: Jobs;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const effects = async () =>
  (await database.many<{ name: string }>(sql`SELECT name FROM effects ORDER BY name`)).map(
    ({ name }) => name,
  );
const waiting = (kind: string) =>
  database.many<{ attempts: number; state: string; lastError: string | null; runAt: string }>(sql`
    SELECT attempts, state, last_error AS "lastError", run_at AS "runAt" FROM jobs
    WHERE kind = ${kind}`);
const enqueue = (kind: string, payload: object) =>
  database.transaction((transaction) => jobs.enqueue(transaction, kind, payload));
const makeDue = (kind: string) =>
  database.transaction((transaction) =>
    transaction.run(
      sql`UPDATE jobs SET run_at = ${new Date(0).toISOString()} WHERE kind = ${kind}`,
    ),
  );

beforeAll(async () => {
  app = await startTestApp({ JOB_LEASE_SECONDS: '1' });
  database = app.get(Database);
  jobs = app.get(Jobs);
  await database.transaction((transaction) =>
    transaction.run(sql`CREATE TABLE effects (name text NOT NULL)`),
  );
});
afterAll(() => app.close());
beforeEach(() => database.transaction((transaction) => transaction.run(sql`DELETE FROM effects`)));

describe('a job', () => {
  it('exists if and only if its transaction was committed', async () => {
    jobs.handle<{ name: string }>('test.wanted', ({ name }, { commit }) =>
      commit(
        async (transaction) =>
          void (await transaction.run(sql`INSERT INTO effects (name) VALUES (${name})`)),
      ),
    );
    await expect(
      database.transaction(async (transaction) => {
        await jobs.enqueue(transaction, 'test.wanted', { name: 'undone' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await enqueue('test.wanted', { name: 'done' });
    await until('the job is done', async () => (await effects()).length > 0);
    await pause(100);
    expect(await effects()).toEqual(['done']);
    expect(await waiting('test.wanted')).toEqual([]);
  });

  it('that fails is tried again later, keeps its error, and stays visible as dead after its last attempt', async () => {
    let calls = 0;
    let failedAt = Infinity;
    jobs.handle('test.failing', async () => {
      calls++;
      failedAt = Date.now();
      throw new Error('the mail server is away');
    });
    await enqueue('test.failing', {});
    await until(
      'it failed once',
      async () => (await waiting('test.failing'))[0]?.lastError != null,
    );
    const [first] = await waiting('test.failing');
    expect(first).toMatchObject({ attempts: 1, state: 'waiting' });
    expect(first!.lastError).toContain('the mail server is away');
    expect(Date.parse(first!.runAt)).toBeGreaterThan(failedAt + 1000);
    expect(calls).toBe(1);

    await database.transaction((transaction) =>
      transaction.run(sql`
        UPDATE jobs SET attempts = 11, run_at = ${new Date(0).toISOString()}
        WHERE kind = 'test.failing'`),
    );
    await until('it is dead', async () => (await waiting('test.failing'))[0]?.state === 'dead');
    await makeDue('test.failing');
    await pause(300);
    expect(calls).toBe(2);
    const { body } = await app.anyone().get(`${API}/health/ready`).expect(200);
    expect(body.details.jobs.dead).toBe(1);
  });

  it('that fails half-way leaves nothing', async () => {
    jobs.handle('test.half', (_payload, { commit }) =>
      commit(async (transaction) => {
        await transaction.run(sql`INSERT INTO effects (name) VALUES ('half')`);
        throw new Error('the second half failed');
      }),
    );
    await enqueue('test.half', {});
    await until('it failed', async () => (await waiting('test.half'))[0]?.lastError != null);
    expect(await effects()).toEqual([]);
  });

  it('that takes longer than its lease keeps it, and no other worker starts it', async () => {
    let starts = 0;
    jobs.handle('test.slow', async () => {
      starts++;
      await pause(2500);
    });
    await enqueue('test.slow', {});
    await until('it is done', async () => (await waiting('test.slow')).length === 0);
    expect(starts).toBe(1);
  });

  it('cannot be finished by a worker that lost it', async () => {
    let outcome: unknown;
    jobs.handle('test.lost', async (_payload: object, { commit }: JobRun) => {
      await database.transaction((transaction) =>
        transaction.run(sql`UPDATE jobs SET attempts = attempts + 1 WHERE kind = 'test.lost'`),
      );
      outcome = await commit(
        async (transaction) =>
          void (await transaction.run(sql`INSERT INTO effects (name) VALUES ('twice')`)),
      ).catch((error: unknown) => error);
      throw outcome;
    });
    await enqueue('test.lost', {});
    await until('it tried', async () => outcome !== undefined);
    expect(outcome).toBeInstanceOf(LeaseLost);
    expect(await effects()).toEqual([]);
    await database.transaction((transaction) =>
      transaction.run(sql`DELETE FROM jobs WHERE kind = 'test.lost'`),
    );
  });
});

describe('a job whose process is killed', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** Another node on the same database; it runs the built program. */
  const startNode = (dieAt: string) => {
    const built = join(import.meta.dirname, '../../dist/app.module.js');
    if (!existsSync(built)) throw new Error('Build the api first: npm test does');
    const child = fork(join(import.meta.dirname, '../support/job-worker.mjs'), [dieAt], {
      env: {
        ...process.env,
        ...app.environment,
        NODE_ENV: 'test',
        JOB_LEASE_SECONDS: '1',
        NODE_OPTIONS: '',
      },
      execArgv: [],
    });
    children.push(child);
    const died = new Promise<string | null>((resolve) =>
      child.on('exit', (_code, signal) => resolve(signal)),
    );
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', () => resolve());
      child.on('exit', () => reject(new Error('The node ended before it was ready')));
    });
    return { ready, died };
  };

  it.each(['before the transaction', 'in the middle of the transaction', 'just after the commit'])(
    '%s runs again if it must, and takes effect once',
    async (moment) => {
      const name = `killed ${moment}`;
      const first = startNode(moment);
      await first.ready;
      await enqueue('test.count', { name });
      // This process knows no handler for it until the other is dead.
      expect(await first.died).toBe('SIGKILL');
      const second = startNode('never');
      await second.ready;
      await until('it took effect', async () => (await effects()).includes(name));
      await until('nothing is left to do', async () => (await waiting('test.count')).length === 0);
      await pause(300);
      expect(await effects()).toEqual([name]);
    },
  );
});

describe('a long job whose node shuts down', () => {
  it('stops between two portions, and is as it was before', async () => {
    const node = await startTestApp({}, BODY_KINDS, {
      environment: app.environment,
      remove: async () => undefined,
    });
    let portions = 0;
    node.get(Jobs).handleHeavy('test.endless', () =>
      untilLittleIsLeft(async (limit) => {
        portions++;
        await pause(10);
        return limit;
      }),
    );
    await enqueue('test.endless', {});
    await until('it runs', async () => portions > 1);
    await node.close();
    const done = portions;
    await pause(100);
    expect(portions).toBe(done);
    expect(await waiting('test.endless')).toEqual([
      { attempts: 0, state: 'waiting', lastError: null, runAt: expect.any(String) },
    ]);
  });
});

describe('a long chain of statements', () => {
  it('yields to others in between', async () => {
    let turns = 0;
    let turnsMeanwhile: number | null = null;
    jobs.handle('test.chain', async () => {
      const before = turns;
      for (let statement = 0; statement < 3000; statement++)
        await database.many(sql`SELECT count(*) FROM jobs`);
      turnsMeanwhile = turns - before;
    });
    const count = () => {
      turns++;
      if (turnsMeanwhile === null) setImmediate(count);
    };
    count();
    await enqueue('test.chain', {});
    await until('the chain has ended', async () => turnsMeanwhile !== null);
    expect(turnsMeanwhile).toBeGreaterThan(3);
  });
});

describe('many workers', () => {
  it('do each of many jobs once', async () => {
    jobs.handle<{ name: string }>('test.many', ({ name }, { commit }) =>
      commit(
        async (transaction) =>
          void (await transaction.run(sql`INSERT INTO effects (name) VALUES (${name})`)),
      ),
    );
    const names = Array.from({ length: 60 }, (_, index) => `job ${String(index).padStart(2, '0')}`);
    await Promise.all(names.map((name) => enqueue('test.many', { name })));
    await until('all are done', async () => (await waiting('test.many')).length === 0);
    expect(await effects()).toEqual(names);
  });
});

describe('jobs of one batch', () => {
  const enqueueFor = (batch: string | null, names: string[]) =>
    database.transaction(async (transaction) => {
      for (const name of names) await jobs.enqueue(transaction, 'test.batch', { name }, { batch });
    });

  it('that wait are run together; what fails is tried again alone', async () => {
    const FAILS = 'Bruno fails';
    const runs: string[][] = [];
    // What waits before its kind has a handler is due together.
    await enqueueFor('Ada', ['Ada 1', 'Ada 2', 'Ada 3', 'Ada 4']);
    await enqueueFor('Bruno', ['Bruno 1', 'Bruno 2', FAILS]);
    await enqueueFor(null, ['none 1', 'none 2']);
    jobs.handleTogether<{ name: string }>('test.batch', async (payloads, { commit }) => {
      const names = payloads.map(({ name }) => name);
      runs.push(names);
      await commit(async (transaction) => {
        for (const name of names)
          await transaction.run(sql`INSERT INTO effects (name) VALUES (${name})`);
        if (names.includes(FAILS)) throw new Error('not like this');
      });
    });
    await until('one is left', async () => {
      const left = await waiting('test.batch');
      // Before the pause that follows a failure is over
      if (left.length && left.every(({ attempts }) => attempts > 0)) await makeDue('test.batch');
      return (
        left.length === 1 && runs.some(([name, ...others]) => name === FAILS && !others.length)
      );
    });
    const sound = ['Ada 1', 'Ada 2', 'Ada 3', 'Ada 4', 'Bruno 1', 'Bruno 2', 'none 1', 'none 2'];
    expect(await effects()).toEqual(sound);
    const batchesOf = (names: string[]) => new Set(names.map((name) => name.split(' ')[0]));
    expect(runs.filter((names) => batchesOf(names).size > 1)).toEqual([]);
    const runsOf = (batch: string) => runs.filter((names) => batchesOf(names).has(batch));
    // Two workers may each take a part.
    expect(runsOf('Ada').length).toBeLessThanOrEqual(2);
    expect(runsOf('none').map(({ length }) => length)).toEqual([1, 1]);
    await database.transaction((transaction) =>
      transaction.run(sql`DELETE FROM jobs WHERE kind = 'test.batch'`),
    );
  });
});
