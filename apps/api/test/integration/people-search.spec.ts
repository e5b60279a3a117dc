import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { Follow } from '../../src/modules/follows/entities/follow.entity.js';
import { Block } from '../../src/modules/follows/entities/block.entity.js';
import { FollowListsService } from '../../src/modules/follows/follow-lists.service.js';
import { UsersService } from '../../src/modules/users/users.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql, type Transaction } from '../../src/platform/database/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/**
 * Compares the pages of a search in any list with a search in plain TypeScript over the same names: with more people of
 * one name than are tested one by one, and more people hidden from a viewer than one statement tests.
 */
const PEOPLE = 1600;
/** Beginnings that many share, and names that are written in many ways. */
const NAMES = [
  ...['Anna', 'Anouk', 'Ansel', 'Antonia', 'An-Li', 'Änne', 'ANDREA'],
  ...[
    'Zoë',
    'Émile',
    'İpek',
    'Ǆuro',
    'ﬁona',
    '𝒜da',
    'Straße',
    'Ωmega',
    'الله',
    '王 小明',
    'Ada\u2028Bea',
  ],
  ...[
    '100%',
    'a_b',
    'back\\slash',
    'the bee',
    ' spaced  out ',
    "O'Hara",
    '\u{10FFFF}',
    'a\u{10FFFF}',
  ],
  'Very'.repeat(15),
  'Very'.repeat(14) + '𝒜bel',
];

interface Known {
  id: string;
  names: string[];
}

let app: TestApp;
let lists: FollowListsService;
const people: Known[] = [];
/** Follows of one person by others, or of others by one person, oldest first. */
let followersOfHub: string[];
let followedByKeen: string[];
const hidden = new Set<string>();
let hub: string;
let keen: string;
let hider: string;

/** A small seeded random generator, so that a failure can be repeated with the same people. */
let state = 11;
const below = (count: number) => {
  state = (state * 48271) % 2147483647;
  return state % count;
};
const pick = <Item>(items: Item[]) => items[below(items.length)]!;

beforeAll(async () => {
  app = await startTestApp();
  lists = app.get(FollowListsService);
  const users = app.get(UsersService);
  await app.get(Database).transaction(async (transaction) => {
    for (let at = 0; at < PEOPLE; at++) {
      const isCommon = below(100) < 60;
      const firstName = isCommon ? NAMES[below(7)]! : pick(NAMES);
      const lastName = below(50) === 0 ? `Rare${at}` : pick(NAMES);
      const nickname = below(4) === 0 ? `${pick(NAMES)} ${pick(NAMES)}` : null;
      const id = await users.create(transaction, person(at, { firstName, lastName, nickname }));
      people.push({ id, names: [firstName, lastName, nickname ?? ''] });
    }
    [hub, keen, hider] = [people[0]!.id, people[1]!.id, people[2]!.id];
    const ids = people.map(({ id }) => id);
    followersOfHub = ids.filter((id) => id !== hub && below(10) < 9);
    if (!followersOfHub.includes(keen)) followersOfHub.push(keen);
    followedByKeen = ids.filter((id) => id !== keen && below(10) < 8).sort(() => below(3) - 1);
    await insertFollows(
      transaction,
      followersOfHub.map((id) => [id, hub]),
    );
    followedByKeen = followedByKeen.filter((id) => id !== hub);
    await insertFollows(
      transaction,
      followedByKeen.map((id) => [keen, id]),
    );
    // As one of the hub's followers.
    followedByKeen.unshift(hub);
    // The newest are hidden from one viewer, by either's wish.
    for (const id of ids.slice(-1300)) {
      if (id === hub || id === keen) continue;
      hidden.add(id);
      const [blockerId, blockedId] = below(2) ? [id, hider] : [hider, id];
      await transaction.insert(Block, {
        id: uuid(),
        blockerId,
        blockedId,
        createdAt: new Date().toISOString(),
      });
    }
  });
  const handles = await app
    .get(Database)
    .many<{ id: string; handle: string }>(sql`SELECT id, handle FROM users`);
  const handleOf = new Map(handles.map(({ id, handle }) => [id, handle]));
  for (const known of people) known.names.push(handleOf.get(known.id)!);
  // Some have changed their names, and keep their handles.
  for (const known of people.slice(100, 110)) {
    await users.updateProfile(known.id, { firstName: 'Ansgar', nickname: 'new bee' });
    known.names = ['Ansgar', known.names[1]!, 'new bee', known.names[3]!];
  }
});
afterAll(() => app.close());

const person = (
  at: number,
  names: { firstName: string; lastName: string; nickname: string | null },
) => ({
  ...names,
  email: `person${at}@example.org`,
  passwordHash: '',
  dateOfBirth: '1990-12-31',
  about: null,
  visibility: 'public' as const,
  emailVisibility: 'me' as const,
  dateOfBirthVisibility: 'me' as const,
});

async function insertFollows(transaction: Transaction, pairs: [string, string][]): Promise<void> {
  const at = new Date().toISOString();
  for (let start = 0; start < pairs.length; start += 100)
    await transaction.insert(
      Follow,
      pairs.slice(start, start + 100).map(([followerId, followeeId]) => ({
        id: uuid(),
        followerId,
        followeeId,
        status: 'accepted' as const,
        createdAt: at,
        isCounted: true,
        decidedAt: null,
      })),
    );
}

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cc}]/gu, '')
    .toLowerCase()
    .trim();

const isFound = ({ names }: Known, question: string): boolean => {
  const words = fold(question).split(/\s+/).filter(Boolean).slice(0, 5);
  const folded = names.map((name) => ` ${fold(name)}`);
  return words.every((word) => folded.some((name) => name.includes(` ${word}`)));
};

const LISTS = {
  everyone: {
    ids: (viewer: string) => people.map(({ id }) => id).filter((id) => id !== viewer),
    ask: (viewer: string, query: Query) => lists.everyone(viewer, query),
  },
  followers: {
    ids: () => followersOfHub,
    ask: (viewer: string, query: Query) => lists.followers(viewer, hub, query),
  },
  following: {
    ids: () => followedByKeen,
    ask: (viewer: string, query: Query) => lists.following(viewer, keen, query),
  },
  mutuals: {
    ids: (viewer: string) =>
      viewer === keen ? followedByKeen.filter((id) => followersOfHub.includes(id)) : [],
    ask: (viewer: string, query: Query) => lists.mutuals(viewer, hub, query),
  },
};
type Query = { q: string; limit: number; cursor?: string };

async function pagesOf(list: keyof typeof LISTS, viewer: string, q: string, limit: number) {
  const found: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await LISTS[list].ask(viewer, { q, limit, ...(cursor ? { cursor } : {}) });
    found.push(...page.items.map(({ id }) => id));
    if (!page.nextCursor) return found;
    expect(page.items).toHaveLength(limit);
    cursor = page.nextCursor;
  }
}

function expected(list: keyof typeof LISTS, viewer: string, q: string): string[] {
  const known = new Map(people.map((one) => [one.id, one]));
  return LISTS[list]
    .ids(viewer)
    .filter((id) => isFound(known.get(id)!, q) && !(viewer === hider && hidden.has(id)))
    .reverse();
}

const isHidden = (viewer: string, id: string) => viewer === hider && hidden.has(id);

/** Whether the names are one slip per word away, by the table of distances that textbooks have. */
function isAlike(id: string, question: string): boolean {
  const words = fold(question).split(/\s+/).filter(Boolean).slice(0, 5);
  const known = people
    .find((one) => one.id === id)!
    .names.flatMap((name) => fold(name).split(/\s+/));
  return words.every((word) =>
    known.some(
      (name) =>
        name.startsWith(word.replace(/^@/, '')) ||
        ([...word].length > 3 && distance(word, name) <= 1),
    ),
  );
}

function distance(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  const table = a.map(() => b.map(() => 0));
  const at = (i: number, j: number): number =>
    i < 0 || j < 0 ? Math.max(i, j) + 1 : table[i]![j]!;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i] === b[j] ? 0 : 1);
      const isSwap = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      table[i]![j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        change,
        isSwap ? at(i - 2, j - 2) + 1 : Infinity,
      );
    }
  return at(a.length - 1, b.length - 1);
}

const part = (word: string) =>
  fc.nat({ max: [...word].length }).map((end) => [...word].slice(0, end).join(''));
const word = fc.oneof(
  fc.constantFrom(...NAMES).chain(part),
  fc.constantFrom('a', 'an', 'ann', 'ans', 'rare', 'nobody', '%', '_', '\\', "'; --", 'bee'),
  fc.string({ maxLength: 3, unit: 'binary' }),
);
const question = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 2, arbitrary: fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')) },
  {
    weight: 1,
    arbitrary: fc.nat({ max: PEOPLE - 1 }).map((at) => people[at]!.names.slice(0, 3).join(' ')),
  },
);

describe('a search for people', () => {
  it('finds who it should, newest first, in every list and for every viewer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(LISTS) as (keyof typeof LISTS)[])),
        fc.constantFrom('keen', 'hider', 'someone'),
        question,
        fc.constantFrom(7, 20, 100),
        async (list, who, q, limit) => {
          const viewer = { keen, hider, someone: people[50]!.id }[who]!;
          const found = await pagesOf(list, viewer, q, limit);
          const exact = expected(list, viewer, q);
          if (exact.length || list !== 'everyone') expect(found).toEqual(exact);
          else expect(found.filter((id) => !isAlike(id, q) || isHidden(viewer, id))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(['', 'a', 'an', 'rare', 'nobody', 'an rare', 'an an', 'the bee', 'veryvery'])(
    'for “%s” does so too',
    async (q) => {
      for (const list of Object.keys(LISTS) as (keyof typeof LISTS)[])
        for (const viewer of [keen, hider])
          expect([list, await pagesOf(list, viewer, q, 20)]).toEqual([
            list,
            expected(list, viewer, q),
          ]);
    },
  );

  it.each([
    ['people hidden from the viewer', () => pageOf('everyone', hider, '')],
    ['followers hidden from the viewer', () => pageOf('followers', hider, '')],
    ['people of a name hidden from the viewer', () => pageOf('everyone', hider, 'an')],
  ])('gives others their turn while it passes over %s', async (_, ask) => {
    const database = app.get(Database);
    const many = database.many.bind(database);
    let portions = 0;
    let turns = 0;
    let isOver = false;
    const takeTurn = () => {
      turns++;
      if (!isOver) setImmediate(takeTurn);
    };
    database.many = (query) => {
      if (('text' in query ? query : query.sql).text.includes('portion_end')) portions++;
      return many(query);
    };
    try {
      setImmediate(takeTurn);
      await ask();
    } finally {
      isOver = true;
      database.many = many;
    }
    expect(portions).toBeGreaterThanOrEqual(2);
    expect(turns).toBeGreaterThanOrEqual(portions - 1);
  });
});

const pageOf = (list: keyof typeof LISTS, viewer: string, q: string) =>
  LISTS[list].ask(viewer, { q, limit: 20 });
