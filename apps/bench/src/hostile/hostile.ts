import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { endEverything } from '../children.ts';
import { MEMORY } from '../memory.ts';
import { settleIn, type Settled } from './installations.ts';
import { measure } from './measure.ts';
import { PAUSE_TARGET_MS, printResults, printStorms, STORM_TARGET } from './print.ts';
import { startProbedApi, type ProbedApi } from './probed-api.ts';
import { nameOf, type Question } from './question.ts';
import { aboutDiscovery } from './questions/discovery.ts';
import { aboutPeople } from './questions/people.ts';
import { aboutPosts } from './questions/posts.ts';
import { prepare } from './questions/prepare.ts';
import { aboutSearch } from './questions/search.ts';
import { writing } from './questions/writes.ts';
import { analyze } from './statistics.ts';
import { measureStorm, stormsOf } from './storms.ts';
import { indexTexts } from '../world/index-texts.ts';
import { sizeOf } from './world/size.ts';

const USAGE = `npm run bench -- hostile [--small] [--people 100000] [--posts 1000000] [--times 5]
                         [--only text] [--world folder] [--check]

--small    5,000 people and 20,000 posts: quick to make
--times    how often each question is asked, besides a first time
--only     asks only what has this text in its line: a part of a route, or of what is said of it, or "storm"
--world    keeps the world in this folder (SQLite); where one is already, a copy of it is measured
--check    exit with 1 if a pause is over ${PAUSE_TARGET_MS} ms, a plan flips, or reads in a storm take over ${STORM_TARGET} times as long`;

const IDLE_MS = 5000;

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
  if (values.help) return console.log(USAGE);
  const size = values.small
    ? sizeOf(5000, 20_000)
    : sizeOf(atLeast(1000, 'people', values.people), atLeast(10_000, 'posts', values.posts));
  const times = atLeast(1, 'times', values.times);
  try {
    const began = Date.now();
    const settled = await settleIn(size, values.world);
    console.log(
      `\n${size.people} people and ${size.posts} posts, made in ${Math.round((Date.now() - began) / 1000)} s.`,
    );
    const missed = await measureIn(settled, values.only, times);
    if (values.check && missed) process.exitCode = 1;
  } finally {
    await endEverything();
  }
}

async function measureIn(settled: Settled, only: string, times: number): Promise<number> {
  const { installation, world } = settled;
  const questions = await withApi(settled, async (api) => {
    const prepared = await prepare(api, installation, world);
    return [
      ...aboutPeople(world, prepared),
      ...aboutPosts(world, prepared),
      ...aboutSearch(world),
      ...aboutDiscovery(world),
      ...writing(world, prepared),
    ].filter((question) => `${nameOf(question)} · ${question.about}`.includes(only));
  });
  const storms = stormsOf(world).filter(({ name }) => name.includes(only));
  if (!questions.length && !storms.length)
    throw new Error(`No question has "${only}" in its line.`);

  if (!questions.length) return printStorms(await measureStorms(settled, storms));
  if (questions.some(({ path }) => path.startsWith('/search'))) await indexTexts(installation);
  const before = await askAll('Before ANALYZE', settled, questions, times);
  await analyze(installation);
  const after = await askAll('After ANALYZE', settled, questions, times);
  const missed = printResults(
    questions.map((question, at) => ({ question, before: before[at]!, after: after[at]! })),
  );
  return missed + printStorms(await measureStorms(settled, storms));
}

/** In an api that has just started. */
const askAll = (when: string, settled: Settled, questions: Question[], times: number) =>
  withApi(settled, async (api) => {
    console.log(`${when}: idle for ${IDLE_MS / 1000} s, the longest pause was ${await idle(api)}.`);
    const measured = [];
    for (const question of questions)
      measured.push(await measure(api, settled.installation, question, times));
    return measured;
  });

const measureStorms = (settled: Settled, storms: ReturnType<typeof stormsOf>) =>
  withApi(settled, async (api) => {
    const measured = [];
    for (const storm of storms) measured.push(await measureStorm(api, settled, storm));
    return measured;
  });

async function withApi<Result>(
  { installation }: Settled,
  work: (api: ProbedApi) => Promise<Result>,
): Promise<Result> {
  const api = await startProbedApi(installation, MEMORY.api);
  try {
    return await work(api);
  } finally {
    await api.stop();
  }
}

/** What the probe sees where nobody asks for anything: no figure means less than this. */
async function idle(api: ProbedApi): Promise<string> {
  await sleep(1000);
  await api.reset();
  await sleep(IDLE_MS);
  return `${(await api.read()).pause.toFixed(1)} ms`;
}

function atLeast(least: number, name: string, text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= least))
    throw new Error(`--${name} must be a whole number from ${least}, not "${text}".`);
  return value;
}
