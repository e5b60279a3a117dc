import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { atTheEnd, endEverything } from '../children.ts';
import type { Installation } from '../installation.ts';
import { newPostgresDatabase } from './database.ts';
import { measure, type Measured } from './measure.ts';
import { PAUSE_TARGET_MS, printResults } from './print.ts';
import { startProbedApi, type ProbedApi } from './probed-api.ts';
import { nameOf, type Question } from './question.ts';
import { aboutPeople } from './questions/people.ts';
import { aboutPosts } from './questions/posts.ts';
import { prepare, type Prepared } from './questions/prepare.ts';
import { writing } from './questions/writes.ts';
import { analyze } from './statistics.ts';
import { makeHostileWorld, type HostileWorld } from './world/hostile-world.ts';
import { sizeOf } from './world/size.ts';

export const HOSTILE_USAGE = `npm run bench -- hostile [--small] [--people 100000] [--posts 1000000] [--times 5]
                         [--only text] [--world folder] [--check]

--small    5,000 people and 20,000 posts: seconds to make
--times    how often each question is asked, besides a first time
--only     asks only what has this text in its line: a part of a route, or of what is said about it
--world    keeps the world in this folder (SQLite); where one is already, a copy of it is measured
--check    exit with 1 if a pause is over ${PAUSE_TARGET_MS} ms or a plan flips`;

const IDLE_MS = 3000;

export async function runHostile(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      small: { type: 'boolean', default: false },
      people: { type: 'string', default: '100000' },
      posts: { type: 'string', default: '1000000' },
      times: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      world: { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HOSTILE_USAGE);
  const size = values.small
    ? sizeOf(5000, 20_000)
    : sizeOf(Number(values.people), Number(values.posts));
  try {
    const began = Date.now();
    const { installation, world } = await settleIn(size, values.world);
    console.log(
      `${world.size.people} people and ${world.size.posts} posts, there after ${seconds(began)}.`,
    );
    const asked = { installation, world, only: values.only, times: Number(values.times) };
    const before = await askAll(asked);
    await analyze(installation);
    const after = await askAll({ ...asked, prepared: before.prepared });
    const { over, flipped } = printResults(
      before.answers.map(({ question, measured }, at) => ({
        question,
        before: measured,
        after: after.answers[at]!.measured,
      })),
    );
    console.log(
      `\n${before.answers.length} questions: ${over} over ${PAUSE_TARGET_MS} ms, ${flipped} flipped.`,
    );
    if (values.check && over + flipped) process.exitCode = 1;
  } finally {
    await endEverything();
  }
}

/** Makes the world, or takes a copy of one that was kept. */
async function settleIn(
  size: ReturnType<typeof sizeOf>,
  kept: string | undefined,
): Promise<{ installation: Installation; world: HostileWorld }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'echomate-hostile-'));
  atTheEnd(() => rm(dataDir, { recursive: true, force: true }));
  const server = process.env['DATABASE_URL'] || undefined;
  if (!kept) {
    const databaseUrl = server && (await newPostgresDatabase(server));
    const installation = { dataDir, databaseUrl };
    return { installation, world: await makeHostileWorld(installation, size) };
  }
  if (server) throw new Error('A world is kept on SQLite only.');
  const folder = resolve(kept);
  const note = join(folder, 'world.json');
  const installation = { dataDir, databaseUrl: undefined };
  if (!existsSync(note)) {
    mkdirSync(folder, { recursive: true });
    const world = await makeHostileWorld({ dataDir: folder, databaseUrl: undefined }, size);
    writeFileSync(note, JSON.stringify(world));
  }
  cpSync(folder, dataDir, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { installation, world: JSON.parse(readFileSync(note, 'utf8')) as HostileWorld };
}

interface Asked {
  installation: Installation;
  world: HostileWorld;
  only: string;
  times: number;
  prepared?: Prepared;
}

/** Every question to an api that has just started. */
async function askAll({ installation, world, only, times, ...given }: Asked) {
  const api = await startProbedApi(installation);
  try {
    const prepared = given.prepared ?? (await prepare(api, installation, world));
    const questions = [
      ...aboutPeople(world, prepared),
      ...aboutPosts(world, prepared),
      ...writing(world, prepared),
    ].filter((question) => `${nameOf(question)} ${question.about}`.includes(only));
    if (!questions.length) throw new Error(`No question has "${only}" in its line.`);
    await printIdle(api);
    const answers: { question: Question; measured: Measured }[] = [];
    for (const question of questions) {
      answers.push({ question, measured: await measure(api, installation, question, times) });
    }
    return { prepared, answers };
  } finally {
    await api.stop();
  }
}

/** What the probe sees where nobody asks for anything. */
async function printIdle(api: ProbedApi): Promise<void> {
  await sleep(1000);
  await api.reset();
  await sleep(IDLE_MS);
  const { pause } = await api.read();
  console.log(`Idle for ${IDLE_MS / 1000} s: the longest pause was ${pause.toFixed(1)} ms.`);
}

const seconds = (since: number) => `${Math.round((Date.now() - since) / 1000)} s`;
