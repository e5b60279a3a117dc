import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AUTHOR,
  CAST,
  CAST_CONVERSATIONS,
  CAST_GROUPS,
  CAST_POSTS,
  COLUMNS,
  SHARER,
  WHILE_PRIVATE,
  WHILE_PUBLIC,
} from '../support/access-cast.js';
import { detailRows, messageRows } from '../support/access-cast-rows.js';
import { ask, mismatchesIn } from '../support/access-check.js';
import { clubSection, eventSection } from '../support/access-club-rows.js';
import type { Cell } from '../support/access-questions.js';
import {
  CLUB_BACK,
  CLUB_CAST,
  CLUB_COLUMNS,
  CLUB_CONVERSATIONS,
  CLUB_EVENTS,
  CLUB_GROUPS,
  CLUB_HISTORY,
  CLUB_POSTS,
  CLUB_SUSPENDED,
} from '../support/access-group-cast.js';
import { show, type Step } from '../support/access-steps.js';
import { pageRow, postSection, tryActs, written } from '../support/access-table.js';
import { AccessWorld } from '../support/access-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const FILE = join(import.meta.dirname, 'access-matrix.md');

const CAST_LOOKED = { columns: COLUMNS, posts: CAST_POSTS };
const CLUB_LOOKED = { columns: CLUB_COLUMNS, posts: CLUB_POSTS };

let apps: TestApp[];
let world: AccessWorld;
let club: AccessWorld;
beforeAll(async () => {
  apps = [await startTestApp(), await startTestApp()];
  const [one, other] = apps as [TestApp, TestApp];
  world = await AccessWorld.open(one, CAST, CAST_POSTS, CAST_GROUPS, [], CAST_CONVERSATIONS);
  club = await AccessWorld.open(
    other,
    CLUB_CAST,
    CLUB_POSTS,
    CLUB_GROUPS,
    CLUB_EVENTS,
    CLUB_CONVERSATIONS,
  );
});
afterAll(async () => {
  world.close();
  club.close();
  for (const app of apps) await app.close();
});

/** What the columns of a table are told after these steps; the model agrees. */
async function answersAfter(
  steps: Step[],
  on: AccessWorld = world,
  posts = on.model.posts.map(({ name }) => name),
): Promise<Cell[]> {
  for (const step of steps) await on.apply(step);
  const cells = await ask(on, {
    viewers: Object.keys(on === world ? COLUMNS : CLUB_COLUMNS),
    people: on === world ? [AUTHOR, SHARER] : [],
    posts,
    groups: [...on.groups.keys()],
    events: [...on.events.keys()],
    conversations: [...on.conversations.ids.keys()],
  });
  expect(mismatchesIn(on, cells)).toEqual([]);
  return cells;
}

/** Trying what may be done leaves notifications behind. */
const NOTIFICATIONS = [
  ...['notifications', 'number on the bell', 'numbers around every page'],
  ...['daily email', 'notifications pushed to devices'],
];
const steady = (cells: Cell[]): Cell[] => cells.filter(({ path }) => !NOTIFICATIONS.includes(path));

describe('the table of audience × viewer × path', () => {
  it('is what the api answers', async () => {
    const whilePrivate = await answersAfter(WHILE_PRIVATE);
    const privateActs = await tryActs(world, CAST_LOOKED);
    const whilePublic = await answersAfter(WHILE_PUBLIC);
    const publicActs = await tryActs(world, CAST_LOOKED);
    const emailForNobody = await answersAfter([show(AUTHOR, 'email', 'me')], world, []);

    const inClub = await answersAfter(CLUB_HISTORY, club);
    const clubActs = await tryActs(club, CLUB_LOOKED);
    const whileSuspended = await answersAfter(CLUB_SUSPENDED, club);
    const suspendedActs = await tryActs(club, CLUB_LOOKED);
    expect(steady(await answersAfter(CLUB_BACK, club))).toEqual(steady(inClub));

    const table = written([
      postSection("Posts, while Ada's profile is private", CAST_LOOKED, [
        ...whilePrivate,
        ...privateActs,
      ]),
      postSection("Posts, after Ada's profile has turned public", CAST_LOOKED, [
        ...whilePublic,
        ...publicActs,
      ]),
      {
        title: "Ada's profile",
        head: 'profile',
        rows: [
          pageRow('private', whilePrivate),
          pageRow('public', whilePublic),
          pageRow('public, email for nobody', emailForNobody),
        ],
      },
      {
        title: 'Messages with Ada, while private',
        head: 'each with Ada',
        rows: messageRows(whilePrivate),
      },
      {
        title: 'Messages with Ada, while public',
        head: 'each with Ada',
        rows: messageRows(whilePublic),
      },
      { title: 'Numbers and words, while private', head: '', rows: detailRows(whilePrivate) },
      { title: 'Numbers and words, while public', head: '', rows: detailRows(whilePublic) },
      clubSection('A group', inClub),
      eventSection('An event in the group', inClub),
      postSection('Posts in the group', CLUB_LOOKED, [...inClub, ...clubActs]),
      clubSection('The group, while its creator and others are suspended', whileSuspended),
      eventSection('The event meanwhile', whileSuspended),
      postSection('Posts in it meanwhile', CLUB_LOOKED, [...whileSuspended, ...suspendedActs]),
    ]);
    if (process.env['UPDATE_MATRIX']) await writeFile(FILE, table);
    expect(table).toBe(await readFile(FILE, 'utf8').catch(() => ''));
  });
});
