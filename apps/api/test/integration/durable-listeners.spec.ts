import { jest } from '@jest/globals';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql } from '../../src/platform/database/statements.js';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { waiting, type Case, type Scene, type WaitingJob } from '../support/listener-cases.js';
import { CASES_OF_GROUPS } from '../support/listener-cases-of-groups.js';
import { CASES_OF_NOTIFICATIONS } from '../support/listener-cases-of-notifications.js';
import { CASES_OF_POSTS } from '../support/listener-cases-of-posts.js';
import { CASES_OF_SEARCH } from '../support/listener-cases-of-search.js';
import { killNodes, startNode } from '../support/node-to-kill.js';
import { insertPeople } from '../support/rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/**
 * If a process is killed after saving an event, before or during the work that must follow, another process does the
 * work once.
 */
let files: TestDatabase;
/** Only observes: it runs no jobs. */
let app: TestApp;
let database: Database;

beforeAll(async () => {
  files = await createTestDatabase();
  const workers = jest.spyOn(Jobs.prototype, 'onApplicationBootstrap').mockResolvedValue();
  app = await startTestApp({}, BODY_KINDS, files);
  workers.mockRestore();
  database = app.get(Database);
});
afterAll(async () => {
  killNodes();
  await app.close();
});

const CASES: Record<string, Case> = {
  ...CASES_OF_POSTS,
  ...CASES_OF_GROUPS,
  ...CASES_OF_SEARCH,
  ...CASES_OF_NOTIFICATIONS,
};

const listeners = (): string[] => {
  const known = Reflect.get(app.get(DomainEvents), 'listeners') as Map<
    unknown,
    { durable: { name: string }[] }
  >;
  const names = [...known.values()].flatMap(({ durable }) => durable.map(({ name }) => name));
  return [...new Set(names)].sort();
};

const allWaiting = async (): Promise<WaitingJob[]> =>
  (await Promise.all(listeners().map((name) => waiting(database, name)))).flat();
const due = (jobs: WaitingJob[], at: Date) =>
  database.transaction((transaction) =>
    transaction.run(
      sql`UPDATE jobs SET run_at = ${at.toISOString()} WHERE id IN (${join(jobs.map(({ id }) => id))})`,
    ),
  );
const NEVER = new Date('2999-01-01');

/** Announces everything, for two people each, in a process that is then killed. */
async function announceAll(): Promise<Map<string, Scene>> {
  const node = await startNode(app.environment, { works: ['posts.purge', 'groups.wipe'] });
  const scenes = new Map<string, Scene>();
  for (const [name, { given, announce, found, before }] of Object.entries(CASES)) {
    const [author, fan] = (await insertPeople(database, 2)) as [string, string];
    const about: Scene = { database, author, fan };
    const prepared = await database.transaction((transaction) => given(transaction, about));
    const scene: Scene = { ...about, ...(typeof prepared === 'string' && { group: prepared }) };
    scenes.set(name, scene);
    await announce(node, scene);
    expect({ [name]: await found(scene) }).toEqual({ [name]: before });
  }
  await node.kill();
  expect(await node.died).toBe('SIGKILL');
  return scenes;
}

/** The job that a listener has to do for these two. */
async function jobOf(name: string, { author, fan, group }: Scene): Promise<WaitingJob> {
  const ids = [author, fan, ...(group ? [group] : [])];
  const found = (await waiting(database, name)).filter(({ payload }) =>
    ids.some((id) => payload.includes(id)),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A process runs until no jobs are left; then everyone finds what they should, and no more. */
async function workAndLook(scenes: Map<string, Scene>): Promise<void> {
  await due(await allWaiting(), new Date());
  const node = await startNode(app.environment, { works: listeners() });
  await until('no job is left', async () => !(await allWaiting()).length);
  await node.kill();
  for (const [name, scene] of scenes)
    expect({ [name]: await CASES[name]!.found(scene) }).toEqual({ [name]: CASES[name]!.after });
}

describe('a durable listener whose process is killed', () => {
  it('has a case here', () => {
    expect(listeners()).toEqual(Object.keys(CASES).sort());
  });

  it('before it began does its work in the next process', async () => {
    const scenes = await announceAll();
    for (const [name, scene] of scenes)
      expect(await jobOf(name, scene)).toMatchObject({ attempts: 0 });
    await workAndLook(scenes);
  });

  it('before its job was ended does its work once, though it is begun twice', async () => {
    const scenes = await announceAll();
    await due(await allWaiting(), NEVER);
    const jobs: WaitingJob[] = [];
    for (const [name, scene] of scenes) jobs.push(await jobOf(name, scene));
    await due(jobs, new Date());
    // One process for all: each job gets as far as its commit, and is begun again after the process is killed.
    const node = await startNode(app.environment, { works: [...scenes.keys()], atEnd: 'fail' });
    await until('each job was begun', async () => {
      for (const [name, scene] of scenes) if (!(await jobOf(name, scene)).attempts) return false;
      return true;
    });
    await node.kill();
    await workAndLook(scenes);
  });
});
