import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'supertest';
import { v7 as uuid } from 'uuid';
import { SearchIndexingService } from '../../src/modules/search/search-indexing.service.js';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { setClock } from '../../src/platform/clock.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { PersonalDataRegistry } from '../../src/platform/personal-data/personal-data.js';
import { counted } from '../support/insights.js';
import { DAY_MS, expectCountsOfEvents, jobsDone } from '../support/events.js';
import { expectGroupsToBeSound } from '../support/groups.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { PASSWORD } from '../support/people.js';
import { columnsNaming, orphanedFiles } from '../support/personal-data.js';
import { expectCountsOfPosts, get, listsSettled } from '../support/posts.js';
import { indexSettled, sizesOfIndex, textsFound } from '../support/search.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';
import { LAST_NAME, OWN_WORDS, surroundings, wholeLife } from '../support/whole-life.js';

/** Somebody with everything is removed while everybody else goes on, with them too. */
const around = await surroundings();
afterAll(() => around.close());
const place = neighbourhood(around.settings);

type Life = Awaited<ReturnType<typeof wholeLife>>;
type Act = (who: Person) => Test;

/** What the others do over and over: among themselves, and to whoever leaves. */
function actsAround(life: Life): { among: Act[]; around: Act[] } {
  const { bruno, adas, forTwo, question, first, remark, talk, room, club, choir, ours } = life;
  let turn = 0;
  const text = () => `Word ${++turn} #bees @${bruno.id}`;
  const put =
    (path: string, body: object = {}): Act =>
    ({ browser }) =>
      browser.put(`${API}/${path}`).send(body);
  const post =
    (path: string, body: () => object = () => ({})): Act =>
    ({ browser }) =>
      browser.post(`${API}/${path}`).send(body());
  const remove =
    (path: string): Act =>
    ({ browser }) =>
      browser.delete(`${API}/${path}`);
  const ask =
    (path: string): Act =>
    ({ browser }) =>
      browser.get(`${API}/${path}`);
  const answerTo = (event: Life['ours'], index: number) =>
    put(`events/${event.id}/response`, { optionId: event.options[index]!.id });
  const message = () => ({ content: text(), clientId: uuid() });
  return {
    among: [
      post('posts', () => ({ content: text(), audience: 'public' })),
      post('posts', () => ({ content: text(), audience: 'group', groupId: club.id })),
      post(`posts/${adas.id}/comments`, () => ({ content: text() })),
      post(`posts/${adas.id}/comments`, () => ({ content: text(), parentId: question.id })),
      put(`posts/${adas.id}/like`),
      remove(`posts/${adas.id}/like`),
      put(`comments/${question.id}/like`),
      post(`conversations/${room.id}/messages`, message),
      answerTo(ours, 1),
      answerTo(ours, 0),
      post(`groups/${choir.id}/requests`),
      remove(`groups/${choir.id}/requests/me`),
      ask('feed'),
      ask('notifications'),
      ask('search/posts?q=word'),
    ],
    around: [
      put(`users/${bruno.id}/follow`),
      put(`posts/${first.id}/like`),
      post(`posts/${first.id}/comments`, () => ({ content: text() })),
      post(`posts/${first.id}/share`, () => ({ audience: 'public', content: text() })),
      post(`posts/${adas.id}/comments`, () => ({ content: text(), parentId: remark.id })),
      put(`comments/${remark.id}/like`),
      post(`conversations/${talk.id}/messages`, message),
      post('conversations', () => ({ userId: bruno.id })),
      put(`messages/${life.messages[0]!.id}/reaction`, { emoji: '🌼' }),
      put(`messages/${life.messages[2]!.id}/reaction`, { emoji: '🌼' }),
      answerTo(life.brunosEvent, 1),
      answerTo(life.brunosEvent, 0),
      post(`groups/${choir.id}/invitations`, () => ({ userIds: [bruno.id] })),
      remove(`groups/${choir.id}/invitations/${bruno.id}`),
      post(`groups/${choir.id}/requests/${bruno.id}/refuse`),
      put(`posts/${forTwo.id}/audience`, { audience: 'chosen', chosenUserIds: [bruno.id] }),
      put(`users/me/mutes/${bruno.id}`),
      put(`notifications/mutes/posts/${first.id}`, { hours: 1 }),
      put(`discovery/dismissals/people/${bruno.id}`),
      post('visits', () => ({ postIds: [first.id] })),
      post('visits', () => ({ personId: bruno.id })),
      post('reports', () => ({ kind: 'post', id: first.id, reason: 'spam' })),
      post('reports', () => ({ kind: 'post', id: adas.id, reason: 'spam' })),
      ask(`users/${bruno.id}`),
      ask(`users/${bruno.id}/posts`),
    ],
  };
}

/** Everybody does one thing after the other, each in an order of their own, until it is over. */
function crowd(people: Person[], { among, around }: ReturnType<typeof actsAround>) {
  const acts = [...among, ...around];
  const seen = { begun: 0, refused: 0, failures: [] as string[] };
  let isOver = false;
  const live = async (who: Person, at: number) => {
    for (let turn = 0; !isOver; turn++) {
      const act = acts[(turn * (2 * at + 3) + at) % acts.length]!;
      const { status, request, body } = await act(who);
      // As fast as people, or a machine with two processors does nothing else.
      await sleep(10);
      seen.begun++;
      if (around.includes(act) && status === 404) seen.refused++;
      if (status >= 500)
        seen.failures.push(`${request.method} ${request.url}: ${JSON.stringify(body)}`);
    }
  };
  const lives = people.map(live);
  return {
    seen,
    /** So many more things have been done. */
    goesOn: async (more: number) => {
      const enough = seen.begun + more;
      await until('the others go on', () => seen.begun >= enough);
    },
    async over() {
      isOver = true;
      await Promise.all(lives);
      return seen;
    },
  };
}

/** On a busy machine the others hardly leave it its turn. */
const PATIENCE_MS = 120_000;

const isGone = (who: Person) =>
  until(
    'the account is gone',
    async () => {
      const row = await place.app
        .get(Database)
        .one(sql`SELECT u.id FROM users u WHERE u.id = ${who.id}`);
      return !row;
    },
    PATIENCE_MS,
  );

async function settled() {
  await counted(place.app);
  await jobsDone(place.app);
  await listsSettled(place.app);
}

/** What is hidden or gone is not among what anybody is shown, and every page is there. */
async function expectPagesToBeWhole(who: Person, life: Life): Promise<void> {
  const { ada, chidi, adas, inClub, question, club, bees, choir, ours, brunosEvent } = life;
  const isIn = who !== life.dora;
  const pages = [
    ...['frame', 'feed?limit=50', 'feed?sort=top', 'notifications?limit=50', 'users?limit=50'],
    ...['hashtags/bees/posts', 'search?q=word', 'search/posts?q=bees', 'discovery/people'],
    ...['discovery/posts', 'discovery/groups', 'discovery/hashtags', 'conversations', 'insights'],
    ...['conversations/requests', 'users/me/mentions', 'users/me/groups', 'users/me/events'],
    ...['users/me/mutes', 'follow-requests', 'discovery/dismissals', 'notifications/mutes'],
    ...[ada, chidi].flatMap(({ id }) =>
      ['', '/posts?limit=50', '/followers', '/following', '/activity?limit=100'].map(
        (path) => `users/${id}${path}`,
      ),
    ),
    ...['', '/comments?limit=100', '/likes', '/shares'].map((path) => `posts/${adas.id}${path}`),
    ...[`comments/${question.id}/replies`, `groups/${choir.id}`],
    ...(isIn ? [`posts/${inClub.id}`, `posts/${inClub.id}/comments`] : []),
    ...(isIn
      ? ['', '/posts', '/members', '/events'].map((path) => `groups/${club.id}${path}`)
      : []),
    ...(isIn ? [ours, brunosEvent].map(({ id }) => `events/${id}`) : []),
    ...(isIn ? [ours, brunosEvent].map(({ id }) => `events/${id}/responses`) : []),
    ...([ada, chidi].includes(who)
      ? [`groups/${bees.id}/members`, `conversations/${life.room.id}/messages?limit=100`]
      : []),
    ...(who === ada ? [`conversations/${life.talk.id}/messages?limit=100`] : []),
    ...(who === life.mona ? ['moderation/cases', 'moderation/numbers', 'admin/people'] : []),
  ];
  for (const path of pages) {
    const { status, body } = await who.browser.get(`${API}/${path}`);
    expect({ path, status }).toEqual({ path, status: 200 });
    const shown = JSON.stringify(body);
    const named = [LAST_NAME, life.bruno.email, `"id":"${life.bruno.id}"`];
    expect([path, [OWN_WORDS, ...named].filter((word) => shown.includes(word))]).toEqual([
      path,
      [],
    ]);
  }
}

async function expectIndexToHoldWhatIsWritten(who: Person): Promise<void> {
  const held = async () => ({
    documents: await place.app
      .get(Database)
      .many(sql`SELECT kind, subject_id AS id FROM search_documents ORDER BY subject_id`),
    sizes: await sizesOfIndex(place.app),
    found: await textsFound(who, 'word', { limit: 100 }),
  });
  await indexSettled(place.app);
  const before = await held();
  expect(await textsFound(who, OWN_WORDS)).toEqual([]);
  expect((await get(who, 'search/events?q=garden')).items).toHaveLength(1);
  expect(before.sizes.texts).toBe(before.sizes.documents);
  await place.app.get(SearchIndexingService).requestRebuild();
  await indexSettled(place.app);
  expect(await held()).toEqual(before);
}

/** Those that hold no id of the person, and what only few people have. */
const NAMED_OTHERWISE = ['group_words', 'version_chosen_followers'];
const OF_FEW = ['inactive_accounts', 'large_authors', 'suspensions'];

/** By their own will, and as if nobody had had the time to notice that they are hidden. */
const WAYS: Record<string, (life: Life, goOn: () => Promise<void>) => Promise<void>> = {
  'fourteen days after they asked': async ({ bruno, ada, bees }, goOn) => {
    const run = (await get(bruno, 'users/me/deletion/groups')).items as { id: string }[];
    const groups = run.map(({ id }) => ({
      groupId: id,
      heirId: id === bees.id ? ada.id : null,
    }));
    await bruno.browser
      .post(`${API}/users/me/deletion`)
      .send({ password: PASSWORD, groups })
      .expect(202);
    await goOn();
    setClock(Date.now() + 14 * DAY_MS + 60_000);
  },
  'at once': ({ bruno }) => place.app.get(AccountRemovalService).remove(bruno.id),
};

describe('somebody who has used everything, removed while everybody else goes on', () => {
  it.each(Object.keys(WAYS))(
    '%s: nothing of theirs is left, and what others have is whole',
    async (way) => {
      const life = await wholeLife(place, around);
      const { ada, chidi, mona, dora, bruno, gone } = life;
      const declared = place.app
        .get(PersonalDataRegistry)
        .all.flatMap(({ tables }) => Object.keys(tables));
      const naming = await columnsNaming(place.app, [bruno.id, ...gone]);
      const isNamed = (table: string) => naming.some((column) => column.startsWith(`${table}.`));
      expect(declared.filter((table) => !isNamed(table)).sort()).toEqual(
        [...NAMED_OTHERWISE, ...OF_FEW].sort(),
      );

      const others = crowd([ada, chidi, mona, dora], actsAround(life));
      const goOn = () => others.goesOn(60);
      await goOn();
      await WAYS[way]!(life, goOn);
      await isGone(bruno);
      await goOn();
      const seen = await others.over();
      expect(seen.failures).toEqual([]);
      expect(seen.refused).toBeGreaterThan(0);
      await settled();
      // Groups that were closed can be restored for ten minutes.
      setClock(Date.now() + 11 * 60_000);
      await settled();

      // Where others name them, and the log, which holds ids only.
      expect(await columnsNaming(place.app, [bruno.id])).toEqual([
        ...['comments.content', 'messages.content'],
        ...['moderation_log.actor_id', 'moderation_log.person_id', 'posts.content'],
        'report_cases.snapshot',
      ]);
      expect(await columnsNaming(place.app, gone)).toEqual([
        ...['moderation_log.subject_id', 'report_cases.subject_id'],
      ]);
      // Nobody else gets their handle.
      expect(await columnsNaming(place.app, [OWN_WORDS, LAST_NAME, bruno.email])).toEqual([
        'former_handles.handle',
      ]);
      for (const { id } of [life.chidisShare, life.first])
        await chidi.browser.get(`${API}/posts/${id}`).expect(404);
      expect(await orphanedFiles(place.app)).toEqual([]);

      await expectCountsOfPosts(place.app);
      await expectGroupsToBeSound(place.app);
      await expectCountsOfEvents(place.app);
      expect((await get(ada, `groups/${life.bees.id}`)).role).toBe('creator');
      for (const who of [ada, chidi, mona, dora]) await expectPagesToBeWhole(who, life);
      await expectIndexToHoldWhatIsWritten(ada);
    },
    2 * PATIENCE_MS,
  );
});
