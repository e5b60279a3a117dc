import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import type { Statistics } from '@echomate/contracts/statistics.dto';
import { SiteCountingService } from '../../src/modules/insights/site-counting.service.js';
import { dayBefore, dayIn, siteZone } from '../../src/modules/insights/insight-times.js';
import { Database } from '../../src/platform/database/database.service.js';
import { idAt } from '../../src/platform/database/ids.js';
import { sql } from '../../src/platform/database/statements.js';
import { choose } from '../support/insights.js';
import { jobsDone } from '../support/events.js';
import { makeRole } from '../support/moderation.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { get, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const counting = () => place.app.get(SiteCountingService);
const change = (query: ReturnType<typeof sql>) =>
  place.app.get(Database).transaction((transaction) => transaction.run(query));

/** Everything that was made until now. */
async function countAll(): Promise<void> {
  await counting().note();
  await sleep(2);
  await counting().count(Date.now());
  await counting().measure();
}

async function newAdmin(name: string): Promise<Person> {
  const admin = await place.newPerson(name);
  await makeRole(place.app, admin, 'admin');
  return admin;
}

const statisticsOf = (admin: Person, range = 'week'): Promise<Statistics> =>
  get(admin, `admin/statistics?range=${range}`);

/** How far each number went up. */
async function added(admin: Person, work: () => Promise<unknown>) {
  await countAll();
  const before = await statisticsOf(admin);
  await work();
  await countAll();
  const after = await statisticsOf(admin);
  const more = (kind: 'registrations' | 'posts' | 'messages' | 'mails') =>
    after[kind].total - before[kind].total;
  return {
    people: after.people - before.people,
    registrations: more('registrations'),
    posts: more('posts'),
    messages: more('messages'),
    mails: more('mails'),
    active: after.active.thisWeek - before.active.thisWeek,
  };
}

describe('the numbers of the site', () => {
  it('are an admin’s alone', async () => {
    const [admin, member, moderator] = [
      await newAdmin('Alma'),
      await place.newPerson('Ben'),
      await place.newPerson('Mona'),
    ];
    await makeRole(place.app, moderator, 'moderator');
    for (const { browser } of [member, moderator])
      await browser.get(`${API}/admin/statistics`).expect(403);
    await place.app.anyone().get(`${API}/admin/statistics`).expect(401);
    await admin.browser.get(`${API}/admin/statistics?range=decade`).expect(400);
    for (const range of ['week', 'month', 'year'])
      expect((await statisticsOf(admin, range)).posts.spans).toHaveLength(
        { week: 7, month: 30, year: 12 }[range]!,
      );
  });

  it('count each account, post, message and mail once, however often they are counted', async () => {
    const admin = await newAdmin('Alma');
    const more = await added(admin, async () => {
      const [ben, cleo] = (await place.newPeople('Ben', 'Cleo')) as [Person, Person];
      await ben.browser.put(`${API}/users/${cleo.id}/follow`).expect(200);
      await write(ben, { content: 'One' });
      const gone = await write(ben, { content: 'Two' });
      const { body } = await ben.browser
        .post(`${API}/conversations`)
        .send({ userId: cleo.id })
        .expect(201);
      await ben.browser
        .post(`${API}/conversations/${body.id}/messages`)
        .send({ content: 'Hello', clientId: uuid() })
        .expect(201);
      await ben.browser.post(`${API}/auth/password/forgot`).send({ email: ben.email }).expect(202);
      await jobsDone(place.app);
      await countAll();
      // What was made was made.
      await ben.browser.delete(`${API}/posts/${gone.id}`).expect(204);
      const now = Date.now();
      await Promise.all([counting().count(now), counting().count(now)]);
    });
    expect(more).toMatchObject({ people: 2, registrations: 2, posts: 2, messages: 1, active: 2 });
    // To open two accounts, and for the forgotten password; a new device may be told of as well.
    expect(more.mails).toBeGreaterThanOrEqual(3);
  });

  it('leave out what is being saved, and count it later', async () => {
    const admin = await newAdmin('Alma');
    await countAll();
    const { posts } = await statisticsOf(admin);
    await write(admin, { content: 'Just now' });
    await counting().count();
    expect((await statisticsOf(admin)).posts.total).toBe(posts.total);
    await countAll();
    expect((await statisticsOf(admin)).posts.total).toBe(posts.total + 1);
  });

  it('count people once a day and once a week, and not those who leave their visits uncounted', async () => {
    const admin = await newAdmin('Alma');
    const [ben, cleo] = (await place.newPeople('Ben', 'Cleo')) as [Person, Person];
    await choose(cleo, { isCounted: false });
    // Everybody was here for their registration, which is not what this is about.
    await counting().note();
    await change(sql`DELETE FROM active_people`);
    await change(sql`DELETE FROM active_days`);
    for (const { browser } of [ben, cleo, ben]) await browser.get(`${API}/feed`).expect(200);
    await countAll();
    await ben.browser.get(`${API}/feed`).expect(200);
    const today = dayIn(siteZone(), Date.now());
    for (const days of [1, 6, 7, 30])
      await change(sql`
        INSERT INTO active_people (user_id, day) VALUES (${admin.id}, ${dayBefore(today, days)})`);
    await countAll();
    const { active } = await statisticsOf(admin);
    const last = <Row>(spans: Row[]) => spans.slice(-2);
    expect(last(active.byDay).map(({ count }) => count)).toEqual([1, 1]);
    expect(last(active.byWeek).map(({ count }) => count)).toEqual([1, 2]);
    for (const range of ['week', 'month', 'year'])
      expect((await statisticsOf(admin, range)).active.thisWeek).toBe(2);
    const kept = await place.app
      .get(Database)
      .many<{ day: string }>(sql`SELECT day FROM active_people WHERE user_id = ${admin.id}`);
    expect(kept.map(({ day }) => day)).not.toContain(dayBefore(today, 30));
  });

  it('tell how much room there is taken, and which work was given up', async () => {
    const admin = await newAdmin('Alma');
    const { storage } = await statisticsOf(admin);
    expect(storage.database).toBeGreaterThan(100_000);
    await change(sql`
      INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
      VALUES (${idAt(Date.now())}, 'no.such', '{}', 'dead', ${new Date().toISOString()}, 9, ${new Date().toISOString()})`);
    expect((await statisticsOf(admin)).jobs.failed).toEqual([{ kind: 'no.such', count: 1 }]);
  });
});
