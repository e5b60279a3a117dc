import { LIMITS } from '@echomate/contracts/limits';
import { setClock } from '../../src/platform/clock.js';
import { Authenticator } from '../support/authenticator.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import {
  halfWay,
  questionOf,
  statusOf,
  step,
  withApp,
  withPasskey,
  type Browser,
} from '../support/second-factors.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** Codes are of steps of half a minute: no test crosses from one into the next. */
beforeEach(() => setClock((Math.floor(Date.now() / 30_000) + 1) * 30_000 + 500));

let count = 0;
async function newcomer() {
  const email = `bruno${count++}@example.org`;
  return { email, browser: await signUp(app, { email }) };
}
const enter = (browser: Browser, answer: object) =>
  browser.post(`${API}/auth/passkeys/log-in`).send(answer);
const listOf = async (browser: Browser) =>
  (await browser.get(`${API}/auth/passkeys`).expect(200)).body.items;

describe('adding a passkey', () => {
  it('takes the password, and an answer to the offer made to this session', async () => {
    const { email, browser } = await newcomer();
    const offer = (password?: string) =>
      browser.post(`${API}/auth/passkeys/offer`).send({ password });
    await offer().expect(400);
    await offer('wrong').expect(400);
    const { body } = await offer(PASSWORD).expect(200);
    const origin = app.config.publicUrl.origin;
    const key = new Authenticator(origin);
    const add = (from: Browser, request: object) => from.post(`${API}/auth/passkeys`).send(request);
    const elsewhere = await logIn(app, email);
    const other = await newcomer();
    const good = key.create(body, 'My phone');
    const login = await questionOf(browser, 'passkeys/challenge');
    for (const [from, request] of [
      [elsewhere, good],
      [other.browser, good],
      [browser, key.create(body, 'x', { origin: 'https://evil.example' })],
      [browser, key.create(body, 'x', { rpId: 'evil.example' })],
      [browser, key.create(body, 'x', { isVerified: false })],
      [browser, key.create(body, 'x', { type: 'webauthn.get' })],
      [browser, key.create({ ...body, challenge: login.challenge }, 'x')],
      [browser, key.create({ ...body, challenge: `${body.challenge.slice(1)}A` }, 'x')],
      [browser, { ...good, attestationObject: 'AAAA' }],
    ] as const)
      expect((await add(from, request).expect(401)).body.code).toBe('passkey-refused');
    for (const broken of [
      { ...good, name: '' },
      { ...good, id: 'not base64!' },
      { ...good, transports: 'usb' },
      { ...good, clientDataJSON: undefined },
    ])
      await add(browser, broken).expect(400);
    await add(browser, good).expect(201);
    // The same offer once more, and a passkey that is known
    await add(browser, key.create(body)).expect(401);
    const again = await offer(PASSWORD).expect(200);
    expect(again.body.excludeCredentials).toEqual([
      { id: key.id, type: 'public-key', transports: ['internal'] },
    ]);
    await add(browser, key.create(again.body)).expect(409);
    expect(await listOf(browser)).toEqual([
      expect.objectContaining({ name: 'My phone', lastUsedAt: null }),
    ]);
    await app.mailAbout(email, 'A passkey was added');
  });

  it('is too late after five minutes, or a change of password', async () => {
    const { browser } = await newcomer();
    const key = new Authenticator(app.config.publicUrl.origin);
    const offer = async (password = PASSWORD) =>
      (await browser.post(`${API}/auth/passkeys/offer`).send({ password }).expect(200)).body;
    const late = key.create(await offer());
    setClock(Date.now() + 5 * 60_000 + 1);
    await browser.post(`${API}/auth/passkeys`).send(late).expect(401);
    const old = key.create(await offer());
    await browser
      .put(`${API}/auth/password`)
      .send({ currentPassword: PASSWORD, newPassword: 'nine red umbrellas' })
      .expect(204);
    await browser.post(`${API}/auth/passkeys`).send(old).expect(401);
    expect(await listOf(browser)).toEqual([]);
  });
});

describe('logging in with a passkey', () => {
  it('needs no password, and counts as both steps', async () => {
    const { browser, email } = await newcomer();
    const { key } = await withPasskey(app, browser);
    await withApp(browser);
    const fresh = app.browser();
    const question = await questionOf(fresh, 'passkeys/challenge');
    expect(question).toMatchObject({ allowCredentials: [], userVerification: 'required' });
    await enter(fresh, key.answer(question)).expect(200);
    expect(await statusOf(fresh)).toBe(200);
    expect((await listOf(browser))[0].lastUsedAt).not.toBeNull();
    // The password alone still gets no further.
    await halfWay(app, email);
  });

  it('is refused to any other origin, site, browser, account, and to what was used or changed', async () => {
    const [ada, bruno] = [await newcomer(), await newcomer()];
    const { key } = await withPasskey(app, ada.browser);
    const { key: brunos } = await withPasskey(app, bruno.browser);
    const fresh = app.browser();
    const question = await questionOf(fresh, 'passkeys/challenge');
    const good = key.answer(question);
    const other = brunos.answer(question, { counter: 99 });
    const stranger = new Authenticator(app.config.publicUrl.origin);
    const proof = await questionOf(ada.browser, 'proof/challenge');
    for (const answer of [
      key.answer(question, { origin: 'https://evil.example' }),
      key.answer(question, { origin: `${app.config.publicUrl.origin}.evil.example` }),
      key.answer(question, { rpId: 'evil.example' }),
      key.answer(question, { isVerified: false }),
      key.answer(question, { type: 'webauthn.create' }),
      key.answer(proof),
      key.answer({ ...question, challenge: question.challenge.replace(/^./, '_') }),
      stranger.answer(question),
      // The signature, the id or the owner of another
      { ...good, signature: other.signature },
      { ...good, id: brunos.id },
      { ...good, userHandle: other.userHandle },
      { ...good, authenticatorData: other.authenticatorData },
    ]) {
      expect((await enter(fresh, answer).expect(401)).body.code).toBe('passkey-refused');
      expect(await statusOf(fresh)).toBe(401);
    }
    // The question belongs to the browser that asked.
    await enter(app.browser(), key.answer(question)).expect(401);
    const late = app.browser();
    const old = key.answer(await questionOf(late, 'passkeys/challenge'));
    // What was refused has used nothing up.
    await enter(fresh, good).expect(200);
    setClock(Date.now() + 5 * 60_000 + 1);
    await enter(late, old).expect(401);
  });

  it('works once for each question, even when raced, and not with a counter that fell behind', async () => {
    const { browser } = await newcomer();
    const { key } = await withPasskey(app, browser);
    const fresh = app.browser();
    const question = await questionOf(fresh, 'passkeys/challenge');
    const crowd = Array.from({ length: 8 }, () => key.answer(question));
    const answers = await Promise.all(crowd.map((answer) => enter(fresh, answer)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)]);
    await enter(fresh, key.answer(question)).expect(401);
    const copy = key.answer(await questionOf(fresh, 'passkeys/challenge'), { counter: 1 });
    await enter(fresh, copy).expect(401);
    await enter(fresh, key.answer(await questionOf(fresh, 'passkeys/challenge'))).expect(200);
  });

  it('works for passkeys that do not count, once for each question', async () => {
    const { browser } = await newcomer();
    const key = new Authenticator(app.config.publicUrl.origin);
    const { body } = await browser
      .post(`${API}/auth/passkeys/offer`)
      .send({ password: PASSWORD })
      .expect(200);
    const made = key.create(body, 'Synced', { counter: 0 });
    await browser.post(`${API}/auth/passkeys`).send(made).expect(201);
    for (let round = 0; round < 2; round++) {
      const fresh = app.browser();
      const question = await questionOf(fresh, 'passkeys/challenge');
      const answer = key.answer(question, { counter: 0 });
      await enter(fresh, answer).expect(200);
      await enter(fresh, answer).expect(401);
    }
  });

  it('asks whether to keep an account that is about to be deleted, and brings a deactivated one back', async () => {
    const { browser } = await newcomer();
    const { key } = await withPasskey(app, browser);
    await withApp(browser);
    await browser
      .post(`${API}/users/me/deletion`)
      .send({ password: PASSWORD, groups: [] })
      .expect(202);
    const fresh = app.browser();
    const answer = await enter(fresh, key.answer(await questionOf(fresh, 'passkeys/challenge')));
    expect([answer.status, answer.body.code]).toEqual([403, 'account-leaving']);
    expect(await statusOf(fresh)).toBe(401);
    await fresh.post(`${API}/auth/leaving/keep`).expect(200);
    await fresh.post(`${API}/users/me/deactivation`).send({ password: PASSWORD }).expect(204);
    const back = app.browser();
    const { body } = await enter(back, key.answer(await questionOf(back, 'passkeys/challenge')));
    expect(body.isBack).toBe(true);
  });
});

it('an account that is taken back from another address forgets its passkeys', async () => {
  const { email, browser } = await newcomer();
  const { key } = await withPasskey(app, browser);
  const newEmail = `thief-${email}`;
  await browser.post(`${API}/auth/email`).send({ newEmail, password: PASSWORD }).expect(202);
  const link = tokenIn(await app.mailAbout(newEmail, 'Confirm your new email address'));
  await browser.post(`${API}/auth/email/verify`).send({ token: link }).expect(200);
  const token = tokenIn(await app.mailAbout(email, 'Your account moved to another address'));
  const newPassword = 'nine red umbrellas';
  await app.anyone().post(`${API}/auth/email/return`).send({ token, newPassword }).expect(200);
  const thief = app.browser();
  await enter(thief, key.answer(await questionOf(thief, 'passkeys/challenge'))).expect(401);
  const owner = app.browser();
  await owner.post(`${API}/auth/login`).send({ email, password: newPassword }).expect(200);
  expect(await listOf(owner)).toEqual([]);
});

describe('a passkey as the second step', () => {
  it('answers for its own account and browser, with or without a finger', async () => {
    const [ada, bruno] = [await newcomer(), await newcomer()];
    const { key } = await withPasskey(app, ada.browser);
    const { key: brunos } = await withPasskey(app, bruno.browser);
    const on = await ada.browser
      .post(`${API}/auth/two-step/passkeys`)
      .send({ password: PASSWORD })
      .expect(200);
    expect(on.body.codes).toHaveLength(10);
    await bruno.browser
      .post(`${API}/auth/two-step/passkeys`)
      .send({ password: PASSWORD })
      .expect(200);
    const waiting = await halfWay(app, ada.email);
    expect((await waiting.get(`${API}/auth/second-factor`)).body).toEqual({
      app: false,
      passkey: true,
      recoveryCode: true,
    });
    const question = await questionOf(waiting, 'second-factor/challenge');
    expect(question.allowCredentials.map(({ id }) => id)).toEqual([key.id]);
    await step(waiting, { passkey: brunos.answer(question) }).expect(401);
    await step(waiting, {
      passkey: key.answer(question, { origin: 'https://evil.example' }),
    }).expect(401);
    // What another browser was asked, or this one for another purpose
    const elsewhere = await halfWay(app, ada.email);
    await step(waiting, {
      passkey: key.answer(await questionOf(elsewhere, 'second-factor/challenge')),
    }).expect(401);
    await step(waiting, {
      passkey: key.answer(await questionOf(waiting, 'passkeys/challenge')),
    }).expect(401);
    await step(waiting, {}).expect(400);
    expect(await statusOf(waiting)).toBe(401);
    const answer = key.answer(question, { isVerified: false });
    await step(waiting, { passkey: answer }).expect(200);
    expect(await statusOf(waiting)).toBe(200);
    const again = await halfWay(app, ada.email);
    await step(again, { passkey: answer }).expect(401);
    await step(again, { code: on.body.codes[0] }).expect(200);
  });

  it('nobody is asked without having given the password', async () => {
    await app.anyone().post(`${API}/auth/second-factor/challenge`).expect(404);
    await app.anyone().get(`${API}/auth/second-factor`).expect(404);
    await app.anyone().post(`${API}/auth/second-factor`).send({ code: '123456' }).expect(404);
    const { browser } = await newcomer();
    const { body } = await browser
      .post(`${API}/auth/two-step/passkeys`)
      .send({ password: PASSWORD })
      .expect(409);
    expect(body.code).toBe('no-passkeys');
  });
});

describe('a fresh proof', () => {
  it('can be a passkey instead of the password, once, of the same session', async () => {
    const [ada, bruno] = [await newcomer(), await newcomer()];
    const { key } = await withPasskey(app, ada.browser);
    const { key: brunos } = await withPasskey(app, bruno.browser);
    const question = await questionOf(ada.browser, 'proof/challenge');
    const begin = (passkey: object) =>
      ada.browser.post(`${API}/auth/two-step/app`).send({ passkey });
    const elsewhere = await logIn(app, ada.email);
    for (const passkey of [
      brunos.answer(question),
      key.answer(question, { isVerified: false }),
      key.answer(await questionOf(elsewhere, 'proof/challenge')),
      key.answer(await questionOf(ada.browser, 'passkeys/challenge')),
    ])
      await begin(passkey).expect(401);
    await begin({}).expect(400);
    const answer = key.answer(question);
    await begin(answer).expect(200);
    await begin(answer).expect(401);
    await bruno.browser.post(`${API}/auth/proof/challenge`).expect(200);
    const { browser } = await newcomer();
    await browser.post(`${API}/auth/proof/challenge`).expect(409);
  });
});

describe('renaming a passkey', () => {
  it('is for its owner, takes a good name and nothing else, and changes no more than that', async () => {
    const [ada, bruno] = [await newcomer(), await newcomer()];
    const { key, id } = await withPasskey(app, ada.browser);
    const rename = (browser: Browser, body: object, which = id) =>
      browser.patch(`${API}/auth/passkeys/${which}`).send(body);
    const [before] = await listOf(ada.browser);
    await rename(app.browser(), { name: 'Theirs' }).expect(401);
    await rename(bruno.browser, { name: 'Theirs' }).expect(404);
    await rename(ada.browser, { name: 'Nobody' }, '01970000-0000-7000-8000-000000000000').expect(
      404,
    );
    await rename(ada.browser, { name: 'Nobody' }, 'nonsense').expect(404);
    const { maxLength } = LIMITS.passkey.name;
    for (const body of [
      {},
      { name: '' },
      { name: ' \n ' },
      { name: 7 },
      { name: 'x'.repeat(maxLength + 1) },
      { name: 'Mine', counter: 0 },
      { name: 'Mine', lastUsedAt: null },
    ])
      expect((await rename(ada.browser, body).expect(400)).body.errors).toHaveLength(1);
    expect(await listOf(ada.browser)).toEqual([before]);

    const { body } = await rename(ada.browser, { name: '  Old phone ' }).expect(200);
    expect(body).toEqual({ ...before, name: 'Old phone' });
    expect(await listOf(ada.browser)).toEqual([body]);
    const fresh = app.browser();
    await enter(fresh, key.answer(await questionOf(fresh, 'passkeys/challenge'))).expect(200);
  });

  it('while it is being removed either comes first or finds nothing', async () => {
    const { browser } = await newcomer();
    const { id } = await withPasskey(app, browser);
    const answers = await Promise.all([
      ...['One', 'Two'].map((name) => browser.patch(`${API}/auth/passkeys/${id}`).send({ name })),
      browser.post(`${API}/auth/passkeys/${id}/removal`).send({ password: PASSWORD }),
    ]);
    const removed = answers.pop()!;
    expect(removed.status).toBe(204);
    for (const { status } of answers) expect([200, 404]).toContain(status);
    expect(await listOf(browser)).toEqual([]);
    await browser.patch(`${API}/auth/passkeys/${id}`).send({ name: 'Late' }).expect(404);
  });
});

describe('removing a passkey', () => {
  it('takes a proof, is for its owner, and leaves nobody without a second step', async () => {
    const [ada, bruno] = [await newcomer(), await newcomer()];
    const { key, id } = await withPasskey(app, ada.browser);
    const remove = (browser: Browser, proof: object = { password: PASSWORD }) =>
      browser.post(`${API}/auth/passkeys/${id}/removal`).send(proof);
    await remove(bruno.browser).expect(404);
    await remove(ada.browser, { password: 'wrong' }).expect(400);
    await remove(ada.browser, {}).expect(400);
    await ada.browser
      .post(`${API}/auth/two-step/passkeys`)
      .send({ password: PASSWORD })
      .expect(200);
    expect((await remove(ada.browser).expect(409)).body.code).toBe('last-passkey');
    await ada.browser.post(`${API}/auth/two-step/off`).send({ password: PASSWORD }).expect(204);
    await remove(ada.browser).expect(204);
    await remove(ada.browser).expect(404);
    const fresh = app.browser();
    await enter(fresh, key.answer(await questionOf(fresh, 'passkeys/challenge'))).expect(401);
    await app.mailAbout(ada.email, 'A passkey was removed');
  });

  it('ends what was proven with it', async () => {
    const ada = await newcomer();
    const { key, id } = await withPasskey(app, ada.browser);
    const leave = (browser: Browser) =>
      browser.post(`${API}/users/me/deletion`).send({ password: PASSWORD, groups: [] }).expect(202);
    await leave(ada.browser);
    const thief = app.browser();
    const waiting = await enter(thief, key.answer(await questionOf(thief, 'passkeys/challenge')));
    expect(waiting.body.code).toBe('account-leaving');
    const owner = app.browser();
    await owner
      .post(`${API}/auth/login`)
      .send({ email: ada.email, password: PASSWORD })
      .expect(403);
    await owner.post(`${API}/auth/leaving/keep`).expect(200);
    await owner.post(`${API}/auth/passkeys/${id}/removal`).send({ password: PASSWORD }).expect(204);
    await thief.post(`${API}/auth/leaving/keep`).expect(401);
    expect(await statusOf(thief)).toBe(401);
    expect(await statusOf(owner)).toBe(200);
  });
});
