import { jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  asked,
  withMarks,
  withoutNumbers,
  type Condition,
  type Variant,
} from '../support/access-mutants.js';
import type { Scope } from '../support/access-questions.js';
import type { AccessWorld } from '../support/access-world.js';
import type { Sql } from '../../src/platform/database/statements.js';
import type { TestApp } from '../support/test-app.js';

/**
 * Whether the matrix would notice a wrong rule: every condition in `src/access` is forced to be true, and to be false,
 * one after the other, and the table's world is asked until an answer is wrong.
 */
const SOURCES = join(import.meta.dirname, '../../src');
/** Here a branch of a CASE says who may see; elsewhere branches are numbers. */
const KINDS = ['profile', 'group', 'event', 'post', 'conversation', 'media'].concat(
  'notification',
  'dismissal',
);
const RULES = KINDS.map((kind) => `${kind}.access`);
const OTHERS = [
  'audience-counts.access',
  'hidden-counts.access',
  'visible-posts.access',
  'access.service',
  'visible-counts.service',
];

/** What may be forced without a difference to anybody, found by its line; and why. */
const SAME: { is: string; within?: string; because: string }[] = [
  {
    is: "post.access.ts always: ${audience} = 'group'",
    because: 'no other audience is left, and what has none has no group',
  },
  {
    is: 'post.access.ts never: ${authorId} IS NULL',
    because: 'nobody is blocked or away who is not there',
  },
  {
    is: 'post.access.ts never: ${authorId} = ${viewer}',
    within: 'OR ${canSeeCard(viewer, authorId)}',
    because: 'everyone who can ask sees their own card',
  },
  { is: 'media.access.ts always: false', because: 'there are no other purposes' },
  { is: 'notification.access.ts always: false', because: 'there are no other kinds' },
  {
    is: 'notification.access.ts never: ${n}.group_id IS NULL',
    because: 'a group that is not there is not deleted either',
  },
  {
    is: 'dismissal.access.ts never: ${dismissal}.person_id IS NULL',
    because: 'nobody is blocked or away who is not there',
  },
  {
    is: "media.access.ts always: ${medium.purpose} = 'attachment'",
    because: 'nothing else is attached to anything',
  },
];

/** The rules to force, of all if none are named: MUTANTS_OF=group.access */
const ONLY = process.env['MUTANTS_OF']?.split(',') ?? [];

type Forced = NonNullable<Variant['forced']>;

const folder = await mkdtemp(join(tmpdir(), 'echomate-mutants-'));
const conditions: Condition[] = [];
for (const file of [...RULES, ...OTHERS]) {
  const original = await readFile(join(SOURCES, 'access', `${file}.ts`), 'utf8');
  const marked = withMarks(file, withoutNumbers(original), conditions.length, RULES.includes(file));
  conditions.push(...marked.conditions);
  const nest = fileURLToPath(import.meta.resolve('@nestjs/common'));
  const source = marked.source
    .replace(/'\.\.\/(.+)\.js'/g, (_, path: string) => `'${join(SOURCES, path)}.ts'`)
    .replace(`'./rule.js'`, `'${join(SOURCES, 'access/rule.ts')}'`)
    .replace(`'@nestjs/common'`, `'${nest}'`);
  const copy = join(folder, `${file}.ts`);
  await writeFile(copy, source);
  jest.unstable_mockModule(`../../src/access/${file}.js`, () => import(copy));
}

// Only now, so that what they import is what was marked.
const { startTestApp } = await import('../support/test-app.js');
const { assertAnswersWereDeclared } = await import('../support/answers.js');
const { AccessWorld: World } = await import('../support/access-world.js');
const { ask, isWrong, questionsWithin } = await import('../support/access-check.js');
const { answersTo, everything, NOTHING } = await import('../support/access-questions.js');
const cast = await import('../support/access-cast.js');
const { AUTHOR, SHARER, POSTS, WHILE_PRIVATE, WHILE_PUBLIC } = cast;
const clubCast = await import('../support/access-group-cast.js');
const { CLUB_HISTORY } = clubCast;
const { SqliteConnection } = await import('../../src/platform/database/sqlite.js');
const { PostgresConnection } = await import('../../src/platform/database/postgres.js');
const { sql, Statement } = await import('../../src/platform/database/statements.js');

/** Counting along what was counted, which is little here, and along those who are hidden. */
const AS_IT_IS: Variant[] = [
  { forced: null, few: 100 },
  { forced: null, few: 0 },
];
let variant = AS_IT_IS[0]!;
const changed = (query: Sql | InstanceType<typeof Statement>) =>
  query instanceof Statement
    ? new Statement(asked(query.sql, variant), query.values)
    : asked(query, variant);
for (const { prototype } of [SqliteConnection, PostgresConnection]) {
  const { many, run } = prototype;
  prototype.many = function <Row>(query: Parameters<typeof changed>[0]): Promise<Row[]> {
    return many.call(this, changed(query)) as Promise<Row[]>;
  };
  prototype.run = function (query: Parameters<typeof changed>[0]): Promise<number> {
    return run.call(this, changed(query));
  };
}

let apps: TestApp[];
let world: AccessWorld;
/** Where there are groups with everyone on the way into them and out of them */
let club: AccessWorld;
beforeAll(async () => {
  apps = [await startTestApp(), await startTestApp()];
  const [one, other] = apps as [TestApp, TestApp];
  const { CAST, CAST_POSTS, CAST_GROUPS, CAST_CONVERSATIONS } = cast;
  world = await World.open(one, CAST, CAST_POSTS, CAST_GROUPS, [], CAST_CONVERSATIONS);
  const { CLUB_CAST, CLUB_POSTS, CLUB_GROUPS, CLUB_EVENTS, CLUB_CONVERSATIONS } = clubCast;
  const rest = [CLUB_GROUPS, CLUB_EVENTS, CLUB_CONVERSATIONS] as const;
  club = await World.open(other, CLUB_CAST, CLUB_POSTS, ...rest);
});
afterAll(async () => {
  world.close();
  club.close();
  for (const app of apps) await app.close();
  await rm(folder, { recursive: true });
});

/** Enough to notice everything; the others would only take time. */
const TELLING_VIEWERS = [
  AUTHOR,
  SHARER,
  'Follower',
  'Chosen',
  'Unchosen',
  'Unfollowed',
  'Muting',
  'Muted',
  'Stranger',
  'Blocked',
];
const TELLING_POSTS = [
  POSTS.public,
  POSTS.followers,
  POSTS.unlisted,
  POSTS.me,
  POSTS.published,
  POSTS.edited,
  POSTS.relisted,
  POSTS.ownShare,
  POSTS.shareOfPublic,
  POSTS.shareForFollowers,
];
const TELLING_MEMBERS = ['Creator', 'Member', 'Accepted', 'Blocker', 'Invited', 'Fan', 'Never'];

/**
 * Whether any answer is wrong, asked for in portions: most mutants are noticed by the first. What is each one's own comes
 * before what they try to do, which a wrong rule could let them do.
 */
async function isNoticed(): Promise<boolean> {
  const { posts } = everything(world);
  const viewers = TELLING_VIEWERS;
  const none = NOTHING;
  const members = { ...NOTHING, viewers: TELLING_MEMBERS };
  const talks = (where: AccessWorld) => [...where.conversations.ids.keys()];
  const portions: [AccessWorld, Scope][] = [
    [world, none],
    [club, none],
    [world, { ...none, posts, conversations: talks(world) }],
    [club, { ...everything(club), viewers: [], people: [] }],
    [world, { ...none, viewers }],
    [club, members],
    [world, { ...none, viewers, conversations: talks(world) }],
    [club, { ...members, conversations: talks(club) }],
    [world, { ...none, viewers, people: [AUTHOR, SHARER] }],
    ...[...club.groups.keys()].map((group): [AccessWorld, Scope] => [
      club,
      { ...members, groups: [group] },
    ]),
    ...[...club.events.keys()].map((event): [AccessWorld, Scope] => [
      club,
      { ...members, events: [event] },
    ]),
    ...TELLING_POSTS.map((post): [AccessWorld, Scope] => [
      world,
      { ...none, viewers, posts: [post] },
    ]),
    ...[...club.posts.keys()].map((post): [AccessWorld, Scope] => [
      club,
      { ...members, posts: [post] },
    ]),
  ];
  const asked = new Map([world, club].map((one) => [one, new Set<string>()]));
  for (const [where, scope] of portions) {
    const questions = questionsWithin(where, scope).filter(({ viewer, about, path }) => {
      const name = `${viewer} → ${about}, ${path}`;
      return !asked.get(where)!.has(name) && asked.get(where)!.add(name);
    });
    const cells = await answersTo(questions).catch(() => null);
    if (!cells || cells.some(isWrong)) return true;
  }
  return false;
}

/** Resolves when this process has worked for so long, however busy the machine is. */
async function worked(seconds: number, signal: AbortSignal): Promise<true> {
  const begun = process.cpuUsage();
  while (process.cpuUsage(begun).user < seconds * 1e6) await setTimeout(1000, null, { signal });
  return true;
}

/** The same, of one variant; one that makes a loop without end is noticed too. */
async function isVariantNoticed(next: Variant): Promise<boolean> {
  variant = next;
  const noticed = isNoticed();
  const timeout = new AbortController();
  const isStuck = worked(90, timeout.signal).catch(() => false);
  const outcome = await Promise.race([noticed, isStuck]);
  timeout.abort();
  // As it is, the loop ends.
  variant = AS_IT_IS[0]!;
  await noticed;
  try {
    assertAnswersWereDeclared();
    return outcome;
  } catch {
    return true;
  }
}

/** What is due later, as wiping a deleted group, would change the worlds meanwhile. */
async function putOff(): Promise<void> {
  const now = new Date();
  const later = new Date(now.getTime() + 24 * 3600_000);
  for (const one of [world, club])
    await one.writePast(
      sql`UPDATE jobs SET run_at = ${later.toISOString()} WHERE run_at > ${now.toISOString()}`,
    );
}

/** As it is: also, no wrong rule has let anybody do anything. */
async function expectNothingWrong(): Promise<void> {
  for (const one of [world, club])
    expect((await ask(one, everything(one))).filter(isWrong)).toEqual([]);
}

const named = ({ condition: { file, text }, isAlways }: Forced, place = '') =>
  `${file}.ts${place} ${isAlways ? 'always' : 'never'}: ${text}`;
const told = (forced: Forced) => named(forced, `:${forced.condition.line}`);
const isSame = (forced: Forced) =>
  SAME.some(
    ({ is, within = '' }) => is === named(forced) && forced.condition.source.includes(within),
  );

describe('the matrix', () => {
  it('notices each condition of the rule that always holds, or never', async () => {
    let alive: Forced[] = conditions
      .flatMap((condition) => [true, false].map((isAlways) => ({ condition, isAlways })))
      .filter(({ condition, isAlways }) => condition.text !== String(isAlways))
      .filter(({ condition: { file } }) => !ONLY.length || ONLY.includes(file))
      .filter((forced) => !isSame(forced));
    for (const step of CLUB_HISTORY) await club.apply(step);
    const [byCounted, byHidden] = AS_IT_IS as [Variant, Variant];
    for (const [steps, asItIs] of [
      [WHILE_PRIVATE, byCounted],
      [[], byHidden],
      [WHILE_PUBLIC, byCounted],
    ] as const) {
      variant = asItIs;
      for (const step of steps) await world.apply(step);
      await putOff();
      await expectNothingWrong();
      const survivors: Forced[] = [];
      for (const [at, forced] of alive.entries()) {
        const isNoticed = await isVariantNoticed({ ...asItIs, forced });
        if (!isNoticed) survivors.push(forced);
        // At once, as the whole takes hours.
        process.stderr.write(
          `${at + 1} of ${alive.length} ${isNoticed ? 'noticed' : 'not yet'}: ${told(forced)}\n`,
        );
      }
      alive = survivors;
    }
    await expectNothingWrong();
    expect(alive.map(told)).toEqual([]);
  }, 7_200_000);
});
