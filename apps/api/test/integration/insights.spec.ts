import { jest } from '@jest/globals';
import { InsightsRepository } from '../../src/modules/insights/insights.repository.js';
import { VisitCountingRepository } from '../../src/modules/insights/visit-counting.repository.js';
import { VisitCountingService } from '../../src/modules/insights/visit-counting.service.js';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql, type Sql } from '../../src/platform/database/statements.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import { quarterAt, Visits } from '../../src/platform/visits/visits.js';
import { planned } from '../support/events.js';
import { found, leave, letIn } from '../support/groups.js';
import {
  choose,
  counted,
  insightsOf,
  look,
  reachOf,
  tell,
  visitProfile,
} from '../support/insights.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { get, listsSettled, write } from '../support/posts.js';
import { signUp } from '../support/people.js';
import { API, startTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

// Only what a test asks for is counted.
jest.spyOn(VisitCountingService.prototype, 'onApplicationBootstrap').mockReturnValue();

const place = neighbourhood();
const database = () => place.app.get(Database);
const count = async (query: Sql) => Number((await database().one<{ count: number }>(query))!.count);

/** How many people a post has reached, whatever its author is told. */
const peopleReached = (post: { id: string }) =>
  count(
    sql`SELECT COALESCE(sum(people), 0) AS count FROM reached_posts WHERE post_id = ${post.id}`,
  );
const sumsOf = async (who: Person) => {
  const sums: Record<string, number> = {};
  for await (const { kind, people } of place.app.get(InsightsRepository).sumsOf(who.id, 0))
    sums[kind] = (sums[kind] ?? 0) + people;
  return sums;
};
const now = () => quarterAt(Date.now());

describe('reach', () => {
  it('counts each person once, wherever the post is shown to them', async () => {
    const [ada, bruno, chidi] = (await place.newPeople('Ada', 'Bruno', 'Chidi')) as [
      Person,
      Person,
      Person,
    ];
    await follow(bruno, ada);
    const post = await write(ada, { content: 'Ripe #plums' });
    await listsSettled(place.app);
    for (const path of [
      'feed',
      'feed?sort=top',
      `users/${ada.id}/posts`,
      'hashtags/plums/posts',
      `posts/${post.id}`,
    ]) {
      await get(bruno, path);
      await counted(place.app);
      expect({ [path]: await peopleReached(post) }).toEqual({ [path]: 1 });
    }
    await look(ada, post);
    await get(ada, 'feed');
    await counted(place.app);
    expect(await peopleReached(post)).toBe(1);
    // Who is shown a share is shown the original.
    const share = await bruno.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public', content: 'Look' })
      .expect(201);
    await look(chidi, share.body);
    await look(ada, share.body);
    await counted(place.app);
    expect([await peopleReached(post), await peopleReached(share.body)]).toEqual([2, 2]);
    expect(await sumsOf(ada)).toEqual({ reach: 2, gained: 1 });
    expect(await sumsOf(bruno)).toEqual({ reach: 2 });
  });

  it('counts what members are shown in a group, and no post of an event', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const group = await found(ada);
    await letIn(ada, group, bruno);
    const post = await write(ada, { audience: 'group', groupId: group.id });
    const event = await planned(ada, group.id);
    const { items } = await get(bruno, `groups/${group.id}/posts`);
    expect(items).toHaveLength(2);
    await counted(place.app);
    expect(await sumsOf(ada)).toEqual({ reach: 1 });
    await ada.browser.get(`${API}/posts/${event.seriesId}/insights`).expect(404);
    expect((await reachOf(ada, post)).total).toBeNull();
    // Whoever is out of the group has lost the post, and with it how far it reached.
    const [chidi] = await place.newPeople('Chidi');
    await letIn(ada, group, chidi!);
    const chidis = await write(chidi!, { audience: 'group', groupId: group.id });
    await reachOf(chidi!, chidis);
    await leave(chidi!, group).expect(204);
    await chidi!.browser.get(`${API}/posts/${chidis.id}/insights`).expect(404);
  });

  it('tells no number below five', async () => {
    const [ada, ...others] = await place.newPeople('Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Flo');
    const post = await write(ada!);
    expect(await reachOf(ada!, post)).toMatchObject({ total: 0, isAtLeast: false });
    await look(others[0]!, post);
    await counted(place.app);
    const one = await get(ada!, `posts/${post.id}/insights`);
    for (const other of others.slice(1, 4)) await look(other, post);
    await counted(place.app);
    expect(await get(ada!, `posts/${post.id}/insights`)).toEqual(one);
    expect((await insightsOf(ada!)).numbers!.mostReached).toMatchObject([{ people: null }]);
    await look(others[4]!, post);
    await counted(place.app);
    expect(await reachOf(ada!, post)).toMatchObject({ total: 5, isAtLeast: false });
    const { reach, busyTimes, mostReached } = (await insightsOf(ada!)).numbers!;
    expect(reach.total).toBe(5);
    expect(mostReached[0]).toMatchObject({ people: 5, post: { id: post.id } });
    expect(busyTimes!.flatMap(({ levels }) => levels).filter(Boolean)).toEqual([4]);
    const said = JSON.stringify(await insightsOf(ada!));
    for (const other of others) expect(said).not.toContain(other.id);
  });

  it('is for the author alone, and gone with the post', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const [open, secret] = [await write(ada), await write(ada, { audience: 'me' })];
    const missing = await bruno.browser.get(
      `${API}/posts/0197c0de-0000-7000-8000-000000000000/insights`,
    );
    for (const { id } of [open, secret]) {
      const answer = await bruno.browser.get(`${API}/posts/${id}/insights`).expect(404);
      expect({ ...answer.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
    }
    await place.app.anyone().get(`${API}/posts/${open.id}/insights`).expect(401);
    await place.app.anyone().get(`${API}/insights`).expect(401);
    await look(bruno, open);
    await counted(place.app);
    await ada.browser.delete(`${API}/posts/${open.id}`).expect(204);
    await ada.browser.get(`${API}/posts/${open.id}/insights`).expect(404);
    expect((await insightsOf(ada)).numbers!.mostReached).toEqual([]);
    await tell(bruno, { postIds: [open.id] }).expect(204);
    await counted(place.app);
    expect(await peopleReached(open)).toBe(1);
  });
});

describe('what counts as looked at', () => {
  it('is not what was asked for ahead, until the page tells that it shows it', async () => {
    const [ada, bruno, chidi] = (await place.newPeople('Ada', 'Bruno', 'Chidi')) as [
      Person,
      Person,
      Person,
    ];
    const post = await write(ada);
    await bruno.browser.get(`${API}/posts/${post.id}`).set('Sec-Purpose', 'prefetch').expect(200);
    await tell(bruno, { personId: ada.id })
      .set('Sec-Purpose', 'prefetch;anonymous-client-ip')
      .expect(204);
    await counted(place.app);
    expect(await sumsOf(ada)).toEqual({});
    const share = await chidi.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public' })
      .expect(201);
    await tell(bruno, { postIds: [share.body.id], personId: ada.id }).expect(204);
    await counted(place.app);
    // Whoever shares a post has seen it, too.
    expect(await sumsOf(ada)).toEqual({ reach: 2, visits: 1 });
    expect(await sumsOf(chidi)).toEqual({ reach: 1 });
  });

  it('is nothing that somebody may not see, and the answer does not tell', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const secret = await write(ada, { audience: 'me' });
    await ada.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    for (const personId of [ada.id, '0197c0de-0000-7000-8000-000000000000']) {
      const { text } = await tell(bruno, { postIds: [secret.id], personId }).expect(204);
      expect(text).toBe('');
    }
    await counted(place.app);
    expect(await sumsOf(ada)).toEqual({});
    expect(
      await count(sql`SELECT count(*) AS count FROM profile_visitors WHERE owner_id = ${ada.id}`),
    ).toBe(0);
  });

  it.each([
    ['post', 'visits', { postIds: ['x'] }],
    ['post', 'visits', { personId: 7 }],
    [
      'post',
      'visits',
      {
        postIds: Array.from(
          { length: 51 },
          (_, at) => `0197c0de-0000-7000-8000-0000000000${10 + at}`,
        ),
      },
    ],
    ['post', 'visits', { names: [] }],
    ['patch', 'insights/settings', { zone: 'Mars/Olympus' }],
    ['patch', 'insights/settings', { isKept: 'no' }],
    ['patch', 'insights/settings', { isCounted: null }],
    ['get', 'insights?range=century', undefined],
    ['get', 'insights?range=week&range=month', undefined],
    ['get', 'insights?zone=UTC', undefined],
  ] as const)('is refused if it is none: %s %s %j', async (method, path, body) => {
    const ada = await place.newPerson('Ada');
    await ada.browser[method](`${API}/${path}`).send(body).expect(400);
    expect(await choose(ada, {})).toEqual({ isCounted: true, isKept: true, zone: null });
  });
});

describe('visits of a profile', () => {
  it('count once for each person and day, by the clocks of its owner', async () => {
    const [ada, bruno, chidi] = (await place.newPeople('Ada', 'Bruno', 'Chidi')) as [
      Person,
      Person,
      Person,
    ];
    await choose(ada, { zone: 'Asia/Kathmandu' });
    const visits = place.app.get(Visits);
    const come = async (who: Person, time: string) => {
      const quarter = quarterAt(Date.parse(time));
      visits.putBack([{ kind: 'person', viewerId: who.id, quarter, ids: new Set([ada.id]) }]);
      await counted(place.app);
    };
    // Midnight is at 18:15.
    for (const time of ['18:00', '18:14', '18:15', '23:00'])
      await come(bruno, `2026-11-20T${time}:00Z`);
    await come(chidi, '2026-11-20T18:00:00Z');
    await come(ada, '2026-11-20T18:00:00Z');
    expect(await sumsOf(ada)).toEqual({ visits: 3 });
    expect(await sumsOf(bruno)).toEqual({});
  });
});

describe('the switches', () => {
  it('leave somebody uncounted from that moment on, also what waits', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const [first, second] = [await write(ada), await write(ada)];
    await look(bruno, first);
    await visitProfile(bruno, ada);
    expect(await choose(bruno, { isCounted: false })).toMatchObject({
      isCounted: false,
      isKept: true,
    });
    await counted(place.app);
    await look(bruno, second);
    await visitProfile(bruno, ada);
    await counted(place.app);
    expect(await sumsOf(ada)).toEqual({});
    expect([await peopleReached(first), await peopleReached(second)]).toEqual([0, 0]);
    await choose(bruno, { isCounted: true });
    await look(bruno, second);
    await counted(place.app);
    expect(await sumsOf(ada)).toEqual({ reach: 1 });
  });

  it('take insights away from their owner, and nobody is counted for them any more', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const post = await write(ada);
    await look(bruno, post);
    await visitProfile(bruno, ada);
    await follow(bruno, ada);
    await counted(place.app);
    expect(await sumsOf(ada)).toEqual({ reach: 1, visits: 1, gained: 1 });
    await Promise.all([choose(ada, { isKept: false }), choose(ada, { isKept: false })]);
    expect((await insightsOf(ada)).numbers).toBeNull();
    expect(await reachOf(ada, post)).toBeNull();
    await look(bruno, await write(ada));
    await visitProfile(bruno, ada);
    await bruno.browser.delete(`${API}/users/${ada.id}/follow`).expect(204);
    await counted(place.app);
    await until('all is deleted', async () => {
      const { length } = Object.keys(await sumsOf(ada));
      return length === 0 && (await peopleReached(post)) === 0;
    });
    expect(
      await count(sql`SELECT count(*) AS count FROM post_viewers WHERE post_id = ${post.id}`),
    ).toBe(0);
    await choose(ada, { isKept: true });
    expect(await sumsOf(ada)).toEqual({});
    await look(bruno, post);
    await counted(place.app);
    expect(await sumsOf(ada)).toEqual({ reach: 1 });
  });
});

describe('counting', () => {
  const seen = (viewer: Person, post: { id: string }) => ({
    kind: 'post' as const,
    viewerId: viewer.id,
    quarter: now(),
    ids: new Set([post.id]),
  });

  it('counts once what several processes count at the same time', async () => {
    const [ada, ...others] = await place.newPeople('Ada', 'Bo', 'Cy', 'Di', 'Ed');
    const posts = [await write(ada!), await write(ada!), await write(others[0]!)];
    const processes = Array.from({ length: 6 }, () => {
      const visits = new Visits();
      visits.putBack(others.flatMap((viewer) => posts.map((post) => seen(viewer, post))));
      return new VisitCountingService(visits, place.app.get(VisitCountingRepository), database());
    });
    await Promise.all(processes.map((process) => process.count()));
    expect(await Promise.all(posts.map(peopleReached))).toEqual([4, 4, 3]);
    expect(await sumsOf(ada!)).toEqual({ reach: 8 });
  });

  it('counts later what it could not count', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const post = await write(ada);
    await look(bruno, post);
    const inserts = jest
      .spyOn(place.app.get(VisitCountingRepository), 'addSums')
      .mockRejectedValueOnce(new Error('No disk'));
    await counted(place.app);
    expect(await peopleReached(post)).toBe(0);
    inserts.mockRestore();
    await counted(place.app);
    expect([await peopleReached(post), await sumsOf(ada)]).toEqual([1, { reach: 1 }]);
  });

  it('counts before a process ends what it has seen', async () => {
    const files = await createTestDatabase();
    const app = await startTestApp({}, BODY_KINDS, { ...files, remove: async () => undefined });
    const [ada, bruno] = [
      await signUp(app, { email: 'ada@example.org' }),
      await signUp(app, { email: 'bruno@example.org' }),
    ];
    const { body: post } = await ada
      .post(`${API}/posts`)
      .send({ content: 'Hi', audience: 'public' });
    await bruno.get(`${API}/posts/${post.id}`).expect(200);
    await app.close();
    const next = await startTestApp({}, BODY_KINDS, files);
    const reached = await next.get(Database).many(sql`SELECT people FROM reached_posts`);
    await next.close();
    expect(reached).toEqual([{ people: 1 }]);
  });

  it('leaves only numbers of an account that is removed', async () => {
    const [ada, bruno, chidi] = (await place.newPeople('Ada', 'Bruno', 'Chidi')) as [
      Person,
      Person,
      Person,
    ];
    const [adas, brunos] = [await write(ada), await write(bruno)];
    await look(bruno, adas);
    await visitProfile(bruno, ada);
    await look(ada, brunos);
    await look(chidi, brunos);
    await visitProfile(chidi, bruno);
    await choose(bruno, { zone: 'Europe/Berlin' });
    await counted(place.app);
    await place.app.get(AccountRemovalService).remove(bruno.id);
    await until('the account is removed', async () => {
      const left = await database().one(sql`SELECT id FROM users WHERE id = ${bruno.id}`);
      return !left;
    });
    expect(await sumsOf(ada)).toEqual({ reach: 1, visits: 1 });
    for (const [table, columns] of [
      [sql`post_viewers`, [sql`viewer_id`]],
      [sql`profile_visitors`, [sql`viewer_id`, sql`owner_id`]],
      [sql`insight_sums`, [sql`owner_id`]],
      [sql`reached_posts`, [sql`author_id`]],
      [sql`insight_settings`, [sql`user_id`]],
    ] as const)
      for (const column of columns)
        expect(
          await count(sql`SELECT count(*) AS count FROM ${table} WHERE ${column} = ${bruno.id}`),
        ).toBe(0);
    for (const table of [sql`post_viewers`, sql`post_reach`])
      expect(
        await count(sql`SELECT count(*) AS count FROM ${table} WHERE post_id = ${brunos.id}`),
      ).toBe(0);
  });
});
