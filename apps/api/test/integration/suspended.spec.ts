import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { caseOf, claim, makeRole, report, settle } from '../support/moderation.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { PASSWORD } from '../support/people.js';
import { write } from '../support/posts.js';
import { codeOf, withApp } from '../support/second-factors.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
let mona: Person;
let otto: Person;
beforeAll(async () => {
  [mona, otto] = (await place.newPeople('Mona', 'Otto')) as [Person, Person];
  for (const who of [mona, otto]) await makeRole(place.app, who, 'moderator');
});

type Browser = ReturnType<typeof place.app.browser>;
const enter = (browser: Browser, { email }: Person) =>
  browser.post(`${API}/auth/login`).send({ email, password: PASSWORD });
const why = (browser: Browser) => browser.get(`${API}/suspension`);
const appeal = (browser: Browser, words = 'It was a joke.') =>
  browser.post(`${API}/suspension/appeal`).send({ words });
const states = () => place.app.get(AccountStatesService);

async function suspended(content: string, days?: number) {
  const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
  const post = await write(bruno, { content });
  await report(ada, 'post', post).expect(204);
  const found = (await caseOf(mona, 'post', content))!;
  await settle(mona, found, { decision: 'suspend', days });
  const browser = place.app.browser();
  expect((await enter(browser, bruno).expect(403)).body.code).toBe('account-suspended');
  return { ada, bruno, found, browser };
}

describe('somebody who is suspended', () => {
  it('reads why and until when, appeals once, and is back if it was wrong', async () => {
    const { bruno, found, browser } = await suspended('Suspended and heard', 7);
    const { decision } = (await why(browser).expect(200)).body;
    expect(decision).toMatchObject({
      id: found.id,
      decision: 'suspend',
      text: 'Suspended and heard',
      reason: 'spam',
      words: 'Please stop that.',
      canAppeal: true,
      appeal: null,
    });
    expect(JSON.stringify(decision)).not.toMatch(/Ada|Mona/);
    await appeal(browser, '').expect(400);
    const asked = (await appeal(browser).expect(200)).body.decision;
    expect(asked).toMatchObject({ canAppeal: false, appeal: { words: 'It was a joke.' } });
    await appeal(browser).expect(409);

    await claim(otto, found).expect(200);
    await otto.browser
      .put(`${API}/moderation/cases/${found.id}/appeal`)
      .send({ outcome: 'overturned', words: 'So it was.' })
      .expect(200);
    await why(browser).expect(404);
    await enter(browser, bruno).expect(200);
  });

  it('reads the answer if it was right, and is still out', async () => {
    const { bruno, found, browser } = await suspended('Suspended and answered');
    await appeal(browser).expect(200);
    await claim(otto, found).expect(200);
    await otto.browser
      .put(`${API}/moderation/cases/${found.id}/appeal`)
      .send({ outcome: 'upheld', words: 'It was not funny.' })
      .expect(200);
    const { decision } = (await why(browser).expect(200)).body;
    expect(decision.appeal).toMatchObject({ outcome: 'upheld', answer: 'It was not funny.' });
    await enter(browser, bruno).expect(403);
    await browser.get(`${API}/users/me`).expect(401);
  });

  it('is told without a case that there is nothing to read', async () => {
    const chidi = await place.newPerson('Chidi');
    const { app } = place;
    await app
      .get(Database)
      .transaction((transaction) => states().hide(transaction, chidi.id, 'suspended'));
    const browser = app.browser();
    await enter(browser, chidi).expect(403);
    expect((await why(browser).expect(200)).body).toEqual({ decision: null });
    await appeal(browser).expect(404);
  });
});

describe('nobody else', () => {
  it('reads it: without the password, with a ticket of another kind or account, or after a new password', async () => {
    const { bruno, browser } = await suspended('Suspended and private');
    const stranger = place.app.browser();
    await why(stranger).expect(404);
    await appeal(stranger).expect(404);
    await stranger
      .post(`${API}/auth/login`)
      .send({ email: bruno.email, password: 'not the password' })
      .expect(401);
    await why(stranger).expect(404);

    const ticket = /echomate_suspended=([^;]+)/.exec(
      String((await enter(place.app.browser(), bruno)).headers['set-cookie']),
    )![1]!;
    const withCookie = (name: string, value: string) =>
      place.app.anyone().get(`${API}/suspension`).set('Cookie', `${name}=${value}`);
    await withCookie('echomate_suspended', ticket).expect(200);
    await withCookie('echomate_leaving', ticket).expect(404);
    await withCookie('echomate_suspended', `${ticket}x`).expect(404);
    const keep = place.app.anyone().post(`${API}/auth/leaving/keep`);
    await keep.set('Cookie', `echomate_leaving=${ticket}`).expect(404);

    await place.app
      .anyone()
      .post(`${API}/auth/password/forgot`)
      .send({ email: bruno.email })
      .expect(202);
    const mail = await place.app.mailAbout(bruno.email, 'Choose a new password');
    const [, token] = /token=([\w-]+)/.exec(mail.text)!;
    await place.app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: 'nine red umbrellas' })
      .expect(204);
    await why(browser).expect(404);
  });

  it('reads it with the password alone, where there is a second step', async () => {
    const [ada, dora] = (await place.newPeople('Ada', 'Dora')) as [Person, Person];
    const { secret } = await withApp(dora.browser);
    const post = await write(dora, { content: 'Suspended twice safe' });
    await report(ada, 'post', post).expect(204);
    await settle(mona, (await caseOf(mona, 'post', 'Suspended twice safe'))!, {
      decision: 'suspend',
    });
    const browser = place.app.browser();
    expect((await enter(browser, dora).expect(403)).body.code).toBe('second-factor-needed');
    await why(browser).expect(404);
    const answer = await browser
      .post(`${API}/auth/second-factor`)
      .send({ code: codeOf(secret) })
      .expect(403);
    expect(answer.body.code).toBe('account-suspended');
    expect((await why(browser).expect(200)).body.decision.text).toBe('Suspended twice safe');
  });
});
