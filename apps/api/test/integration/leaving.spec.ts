import { setTimeout as sleep } from 'node:timers/promises';
import { setClock } from '../../src/platform/clock.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { accountStates } from '../support/account-states.js';
import { expectGroupsToBeSound, found, letIn } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { logIn, PASSWORD } from '../support/people.js';
import { tablesNaming } from '../support/personal-data.js';
import {
  comment,
  expectCountsOfPosts,
  get,
  listsSettled,
  upload,
  write,
} from '../support/posts.js';
import { connected, cookieOf, lineOf } from '../support/sockets.js';
import { API, tokenIn } from '../support/test-app.js';
import { until } from '../support/until.js';

const DAY_MS = 24 * 3600_000;
const place = neighbourhood();
const { hide, restore } = accountStates(place);
afterEach(async () => {
  await listsSettled(place.app);
  await expectCountsOfPosts(place.app);
  await expectGroupsToBeSound(place.app);
});

const deactivation = (who: Person, password = PASSWORD) =>
  who.browser.post(`${API}/users/me/deactivation`).send({ password });
const deletion = (who: Person, groups: object[] = [], password = PASSWORD) =>
  who.browser.post(`${API}/users/me/deletion`).send({ password, groups });
const attempt = (who: Person) => {
  const browser = place.app.browser();
  return {
    browser,
    answer: browser.post(`${API}/auth/login`).send({ email: who.email, password: PASSWORD }),
  };
};
const statusFor = async (who: Person, path: string) =>
  (await who.browser.get(`${API}/${path}`)).status;
const isGone = (who: Person) =>
  until('the account is gone', async () => {
    const browser = place.app.browser();
    const { body } = await browser.post(`${API}/auth/register`).send({
      email: who.email,
      password: 'nine red umbrellas',
      firstName: 'Ada',
      lastName: 'Okafor',
      dateOfBirth: '1990-12-31',
    });
    const told = await place.app.mails(who.email);
    return body && told[0]?.subject === 'Confirm your email address';
  });

/** All that was to come of asking to be deleted has come, or was found to be out of date. */
const jobsOver = (who: Person) =>
  until('the jobs of the deletion are over', async () => {
    const job = await place.app.get(Database).one(sql`
      SELECT id FROM jobs WHERE kind LIKE 'leaving.%' AND payload LIKE ${`%${who.id}%`} LIMIT 1`);
    return !job;
  });

describe('deactivating', () => {
  it('takes the password, hides everything, ends sessions and sockets, and ends with a log-in', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    await follow(ada!, bruno!);
    await follow(bruno!, ada!);
    const post = await write(bruno!);
    const elsewhere = await logIn(place.app, bruno!.email);
    const line = await connected(lineOf(place.app, cookieOf(place.app, elsewhere)));
    const closed = new Promise((resolve) => line.once('disconnect', resolve));

    const refused = await deactivation(bruno!, 'not the password').expect(400);
    expect(refused.body.errors).toEqual([expect.objectContaining({ code: 'wrong-password' })]);
    expect(await statusFor(ada!, `posts/${post.id}`)).toBe(200);

    await deactivation(bruno!).expect(204);
    await closed;
    for (const browser of [bruno!.browser, elsewhere])
      await browser.get(`${API}/auth/session`).expect(401);
    for (const path of [`users/${bruno!.id}`, `posts/${post.id}`])
      expect(await statusFor(ada!, path)).toBe(404);

    const { body } = await attempt(bruno!).answer.expect(200);
    expect(body).toMatchObject({ isBack: true });
    await listsSettled(place.app);
    expect(await get(ada!, `posts/${post.id}`)).toMatchObject({ author: { id: bruno!.id } });
    expect((await attempt(bruno!).answer.expect(200)).body).toMatchObject({ isBack: false });
  });

  it('and logging in at the same moment: they are logged in and there, or neither', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    for (let round = 0; round < 6; round++) {
      bruno!.browser = await logIn(place.app, bruno!.email);
      const { browser, answer } = attempt(bruno!);
      const [login, done] = await Promise.all([answer, deactivation(bruno!)]);
      expect([login.status, done.status]).toEqual([200, 204]);
      const isIn = (await browser.get(`${API}/auth/session`)).status === 200;
      expect(await statusFor(ada!, `users/${bruno!.id}`)).toBe(isIn ? 200 : 404);
      await bruno!.browser.get(`${API}/auth/session`).expect(401);
    }
  });
});

describe('deleting the account', () => {
  it('takes the password and a decision about each group, and nobody may decide about those of others', async () => {
    const [ada, bruno, chidi] = await place.newPeople('Ada', 'Bruno', 'Chidi');
    const [bees, birds, adas] = [await found(bruno!), await found(bruno!), await found(ada!)];
    await letIn(bruno!, bees, ada!);
    expect((await get(bruno!, 'users/me/deletion/groups')).items).toEqual(
      [bees, birds]
        .map(({ id }) => expect.objectContaining({ id }))
        .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
    );
    expect((await get(chidi!, 'users/me/deletion/groups')).items).toEqual([]);
    const refusals = [
      await deletion(bruno!, [], 'not the password'),
      await deletion(bruno!, [{ groupId: bees.id, heirId: ada!.id }]),
      await deletion(bruno!, [{ groupId: bees.id, heirId: chidi!.id }, { groupId: birds.id }]),
      await deletion(bruno!, [{ groupId: bees.id }, { groupId: bees.id }, { groupId: birds.id }]),
      await deletion(bruno!, [
        { groupId: bees.id },
        { groupId: birds.id },
        { groupId: adas.id, heirId: ada!.id },
      ]),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'invalid-input'],
      [409, 'groups-undecided'],
      [400, 'invalid-input'],
      [400, 'invalid-input'],
      [404, 'not-found'],
    ]);
    await bruno!.browser.get(`${API}/auth/session`).expect(200);
    for (const groups of [
      [null],
      [{}],
      ['bees'],
      'bees',
      Array(2).fill({ groupId: bees.id, heirId: null }),
    ])
      await deletion(bruno!, groups as object[]).expect(400);
    expect((await get(bruno!, `groups/${bees.id}`)).role).toBe('creator');
  });

  it('hides it at once; the groups have somebody; whoever logs in is asked, and keeps everything', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    const [bees, birds] = [await found(bruno!), await found(bruno!)];
    for (const group of [bees, birds]) await letIn(bruno!, group, ada!);
    const post = await write(bruno!);
    const { body } = await deletion(bruno!, [
      { groupId: bees.id, heirId: ada!.id },
      { groupId: birds.id },
    ]).expect(202);
    const days = (Date.parse(body.deletesAt) - Date.now()) / DAY_MS;
    expect(Math.round(days)).toBe(14);
    await bruno!.browser.get(`${API}/auth/session`).expect(401);
    expect(await statusFor(ada!, `posts/${post.id}`)).toBe(404);
    expect((await get(ada!, `groups/${bees.id}`)).role).toBe('creator');
    expect((await get(ada!, `groups/${birds.id}`)).role).toBe('member');
    await place.app.mailAbout(bruno!.email, 'Your account will be deleted');

    // Without a proof there is nothing to keep, and a proof of somebody else's account is none.
    for (const browser of [place.app.browser(), ada!.browser]) {
      await browser.get(`${API}/auth/leaving`).expect(404);
      await browser.post(`${API}/auth/leaving/keep`).expect(404);
    }
    await place.app
      .anyone()
      .post(`${API}/auth/leaving/keep`)
      .set('Cookie', `echomate_leaving=${bruno!.id}.1.${Date.now() + 60_000}.forged`)
      .expect(404);
    const { browser, answer } = attempt(bruno!);
    expect((await answer.expect(403)).body.code).toBe('account-leaving');
    await browser.get(`${API}/auth/session`).expect(401);
    expect(await statusFor(ada!, `users/${bruno!.id}`)).toBe(404);
    expect((await browser.get(`${API}/auth/leaving`).expect(200)).body).toEqual(body);
    expect((await browser.post(`${API}/auth/leaving/keep`).expect(200)).body).toMatchObject({
      isBack: true,
      user: { id: bruno!.id },
    });
    await browser.get(`${API}/auth/leaving`).expect(404);
    await listsSettled(place.app);
    expect(await statusFor(ada!, `posts/${post.id}`)).toBe(200);
    expect((await browser.get(`${API}/groups/${birds.id}`)).body.role).toBe('creator');
    bruno!.browser = browser;

    // The old asking is over: after its end everything is still there.
    setClock(Date.now() + 15 * DAY_MS);
    await jobsOver(bruno!);
    await logIn(place.app, bruno!.email);
    const told = (await place.app.mails(bruno!.email)).map(({ subject }) => subject);
    expect(told).not.toContain('Your account will be deleted tomorrow');
    expect(await statusFor(ada!, `groups/${birds.id}`)).toBe(200);
  });

  it('can be kept by nobody who is suspended, or whose proof is of an older password', async () => {
    const bruno = await place.newPerson('Bruno');
    await deletion(bruno).expect(202);
    const { browser, answer } = attempt(bruno);
    await answer.expect(403);
    await hide(bruno, 'suspended');
    expect((await browser.post(`${API}/auth/leaving/keep`).expect(403)).body.code).toBe(
      'account-suspended',
    );
    await restore(bruno, 'suspended');
    await browser.post(`${API}/auth/password/forgot`).send({ email: bruno.email }).expect(202);
    const mail = await place.app.mailAbout(bruno.email, 'Choose a new password');
    const token = tokenIn(mail);
    await browser
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: 'nine red umbrellas' })
      .expect(204);
    await browser.post(`${API}/auth/leaving/keep`).expect(401);
    const again = place.app.browser();
    const proof = { email: bruno.email, password: 'nine red umbrellas' };
    await again.post(`${API}/auth/login`).send(proof).expect(403);
    await again.post(`${API}/auth/leaving/keep`).expect(200);
  });

  it('and keeping it at the last moment: it is whole, or gone', async () => {
    const ada = await place.newPerson('Ada');
    for (let round = 0; round < 4; round++) {
      const bruno = await place.newPerson('Bruno');
      const group = await found(bruno);
      await letIn(bruno, group, ada);
      await deletion(bruno, [{ groupId: group.id }]).expect(202);
      const { browser, answer } = attempt(bruno);
      await answer.expect(403);
      // The proof is good for half an hour, and the jobs look once a second.
      setClock(Date.now() + 14 * DAY_MS - 200);
      const proof = attempt(bruno);
      await proof.answer.expect(403);
      await sleep(100 * round);
      const { status } = await proof.browser.post(`${API}/auth/leaving/keep`);
      await jobsOver(bruno);
      const isKept = status === 200;
      expect([200, 401]).toContain(status);
      expect(await statusFor(ada, `users/${bruno.id}`)).toBe(isKept ? 200 : 404);
      expect(await statusFor(ada, `groups/${group.id}`)).toBe(isKept ? 200 : 404);
      await browser.get(`${API}/auth/session`).expect(401);
    }
  });

  it('tells a day before, and after 14 days it is gone, with what belonged to it, and others’ pages are whole', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    await follow(ada!, bruno!);
    await follow(bruno!, ada!);
    const [bees, birds] = [await found(bruno!), await found(bruno!, { title: 'Birds' })];
    for (const group of [bees, birds]) await letIn(bruno!, group, ada!);
    const adas = await write(ada!);
    const answered = await comment(bruno!, adas, { content: 'Nice' });
    const brunos = await write(bruno!, { mediaIds: [await upload(bruno!)] });
    const { body: talk } = await bruno!.browser
      .post(`${API}/conversations`)
      .send({ userId: ada!.id })
      .expect(201);
    await bruno!.browser
      .post(`${API}/conversations/${talk.id}/messages`)
      .send({ content: 'See you', clientId: answered.id })
      .expect(201);
    await deletion(bruno!, [{ groupId: bees.id, heirId: ada!.id }, { groupId: birds.id }]).expect(
      202,
    );
    const { browser, answer } = attempt(bruno!);
    await answer.expect(403);

    setClock(Date.now() + 13 * DAY_MS + 60_000);
    await place.app.mailAbout(bruno!.email, 'Your account will be deleted tomorrow');
    await attempt(bruno!).answer.expect(403);
    setClock(Date.now() + DAY_MS);
    await until('there is no way back', async () => (await attempt(bruno!).answer).status === 401);
    await browser.post(`${API}/auth/leaving/keep`).expect(404);
    await isGone(bruno!);
    expect(await tablesNaming(place.app, bruno!.id)).toEqual([]);
    for (const path of [`users/${bruno!.id}`, `posts/${brunos.id}`, `groups/${birds.id}`])
      expect([path, await statusFor(ada!, path)]).toEqual([path, 404]);
    expect(await get(ada!, `posts/${adas.id}`)).toMatchObject({ commentCount: 0 });
    expect(await get(ada!, `groups/${bees.id}`)).toMatchObject({ role: 'creator', memberCount: 1 });
    const { items } = await get(ada!, `conversations/${talk.id}/messages`);
    expect(items).toEqual([expect.objectContaining({ content: 'See you', sender: null })]);
  });
});
