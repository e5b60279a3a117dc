import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { setClock } from '../../src/platform/clock.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import {
  codeOf,
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

const NEW = 'nine red umbrellas';
let count = 0;
async function newcomer() {
  const email = `ada${count++}@example.org`;
  return { email, browser: await signUp(app, { email }) };
}
const stateOf = async (browser: Awaited<ReturnType<typeof signUp>>) =>
  (await browser.get(`${API}/auth/two-step`).expect(200)).body;
const minutesLater = (minutes: number) => setClock(Date.now() + minutes * 60_000);

describe('an app', () => {
  it('takes the password, and counts once its first code was given', async () => {
    const { email, browser } = await newcomer();
    const begin = (proof: object) => browser.post(`${API}/auth/two-step/app`).send(proof);
    for (const proof of [{}, { password: 'wrong' }]) {
      const { body } = await begin(proof).expect(400);
      expect(body.errors[0].field).toBe('password');
    }
    const { body: setup } = await begin({ password: PASSWORD }).expect(200);
    expect(setup.uri).toContain(`secret=${setup.secret}`);
    expect(await stateOf(browser)).toMatchObject({ isOn: false });
    const confirm = (body: object) => browser.put(`${API}/auth/two-step/app`).send(body);
    for (const code of ['000000', codeOf(setup.secret, -3), codeOf(setup.secret, 3)])
      expect((await confirm({ setup: setup.setup, code }).expect(400)).body.errors[0].code).toBe(
        'wrong-code',
      );
    await app.browser().post(`${API}/auth/login`).send({ email, password: PASSWORD }).expect(200);

    const code = codeOf(setup.secret);
    const letter = setup.setup.startsWith('A') ? 'B' : 'A';
    for (const forged of [`${setup.setup}A`, `${letter}${setup.setup.slice(1)}`, 'AAAA'])
      await confirm({ setup: forged, code }).expect(400);
    for (const other of [(await newcomer()).browser, await logIn(app, email)])
      await other.put(`${API}/auth/two-step/app`).send({ setup: setup.setup, code }).expect(400);
    const { body: on } = await confirm({ setup: setup.setup, code }).expect(200);
    expect(on.codes).toHaveLength(10);
    expect(await stateOf(browser)).toMatchObject({
      isOn: true,
      hasApp: true,
      recoveryCodesLeft: 10,
      passkeyCount: 0,
    });
    await app.mailAbout(email, 'Two-step login is on');
  });

  it('is not begun before a change of password and finished after it', async () => {
    const { browser } = await newcomer();
    const { body } = await browser
      .post(`${API}/auth/two-step/app`)
      .send({ password: PASSWORD })
      .expect(200);
    await browser
      .put(`${API}/auth/password`)
      .send({ currentPassword: PASSWORD, newPassword: NEW })
      .expect(204);
    await browser
      .put(`${API}/auth/two-step/app`)
      .send({ setup: body.setup, code: codeOf(body.secret) })
      .expect(400);
    expect(await stateOf(browser)).toMatchObject({ isOn: false });
  });

  it('is stored so that the database alone makes no codes', async () => {
    const { browser } = await newcomer();
    const { secret, codes } = await withApp(browser);
    const rows = await app
      .get(Database)
      .many(
        sql`SELECT app_secret AS kept FROM two_step_logins UNION ALL SELECT code_hash FROM recovery_codes`,
      );
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(secret);
    for (const code of codes) {
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(code.replaceAll('-', ''));
    }
  });

  it('logs in after the password; a code works once, near its time, and none works that is older', async () => {
    const { email, browser } = await newcomer();
    const { secret } = await withApp(browser);
    const waiting = await halfWay(app, email);
    expect(await statusOf(waiting)).toBe(401);
    const choices = await waiting.get(`${API}/auth/second-factor`).expect(200);
    expect(choices.body).toEqual({ app: true, passkey: false, recoveryCode: true });
    for (const code of [codeOf(secret, -3), codeOf(secret, 3), codeOf(secret, -1), '123'])
      await step(waiting, { code }).expect(400);
    const code = codeOf(secret);
    const { body } = await step(waiting, { code: ` ${code.slice(0, 3)} ${code.slice(3)}` }).expect(
      200,
    );
    expect(body.user.id).toBeDefined();
    expect(await statusOf(waiting)).toBe(200);

    const again = await halfWay(app, email);
    await step(again, { code }).expect(400);
    // Ten at once with the next code: one gets in.
    const next = codeOf(secret, 1);
    const crowd = await Promise.all(Array.from({ length: 10 }, () => halfWay(app, email)));
    const answers = await Promise.all(crowd.map((one) => step(one, { code: next })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)]);
    minutesLater(2);
    await step(again, { code: codeOf(secret) }).expect(200);
  });

  it('cannot be set up again to use a code twice', async () => {
    const { email, browser } = await newcomer();
    const { secret, setup } = await withApp(browser);
    const next = codeOf(secret, 1);
    await step(await halfWay(app, email), { code: next }).expect(200);
    for (const code of [codeOf(secret), next])
      await browser.put(`${API}/auth/two-step/app`).send({ setup, code }).expect(400);
    await step(await halfWay(app, email), { code: next }).expect(400);
  });

  it('can be replaced: codes of the old one no longer work', async () => {
    const { email, browser } = await newcomer();
    const { secret: old } = await withApp(browser);
    minutesLater(2);
    const { secret, codes } = await withApp(browser);
    expect(codes).toBeNull();
    await step(await halfWay(app, email), { code: codeOf(old) }).expect(400);
    await step(await halfWay(app, email), { code: codeOf(secret) }).expect(200);
    await app.mailAbout(email, 'Two-step login has a new app');
  });
});

it.each([
  ['an app', (browser: Browser) => withApp(browser)],
  [
    'passkeys',
    async (browser: Browser) => {
      await withPasskey(app, browser);
      const proof = { password: PASSWORD };
      await browser.post(`${API}/auth/two-step/passkeys`).send(proof).expect(200);
    },
  ],
])('turning it on with %s ends what the password alone has let in', async (_, turnOn) => {
  const { email, browser } = await newcomer();
  const other = await logIn(app, email);
  const login = await app
    .anyone()
    .post(`${API}/auth/token`)
    .send({ email, password: PASSWORD })
    .expect(200);
  const made = await other
    .post(`${API}/auth/tokens`)
    .send({ name: 'Script', scopes: ['read'], days: 30, password: PASSWORD })
    .expect(201);
  const bearer = (token: string) =>
    app.anyone().get(`${API}/users/me`).set('Authorization', `Bearer ${token}`);
  await bearer(login.body.accessToken).expect(200);
  await turnOn(browser);
  expect([await statusOf(browser), await statusOf(other)]).toEqual([200, 401]);
  for (const token of [login.body.accessToken, made.body.token]) await bearer(token).expect(401);
  const { refreshToken } = login.body;
  await app.anyone().post(`${API}/auth/token/refresh`).send({ refreshToken }).expect(401);
});

describe('recovery codes', () => {
  it('log in once each, even when raced, and their owner is told', async () => {
    const { email, browser } = await newcomer();
    const { codes } = await withApp(browser);
    const [first, second] = codes as [string, string];
    const crowd = await Promise.all(Array.from({ length: 10 }, () => halfWay(app, email)));
    const answers = await Promise.all(crowd.map((one) => step(one, { code: first })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)]);
    expect(await stateOf(browser)).toMatchObject({ recoveryCodesLeft: 9 });
    await app.mailAbout(email, '9 codes are left');
    await step(await halfWay(app, email), {
      code: second.toUpperCase().replaceAll('-', ' '),
    }).expect(200);
    // Those of another account are worth nothing.
    const other = await newcomer();
    const { codes: others } = await withApp(other.browser);
    await step(await halfWay(app, email), { code: others[0]! }).expect(400);
    expect(await stateOf(other.browser)).toMatchObject({ recoveryCodesLeft: 10 });
  });

  it('end when new ones are made, which takes the password', async () => {
    const { email, browser } = await newcomer();
    const make = (password?: string) =>
      browser.post(`${API}/auth/two-step/recovery-codes`).send({ password });
    expect((await make(PASSWORD).expect(409)).body.code).toBe('two-step-off');
    const { codes: old } = await withApp(browser);
    await make('wrong').expect(400);
    const { body } = await make(PASSWORD).expect(200);
    expect(body.codes).toHaveLength(10);
    await step(await halfWay(app, email), { code: old[0]! }).expect(400);
    await step(await halfWay(app, email), { code: body.codes[0] }).expect(200);
    await app.mailAbout(email, 'You have new recovery codes');
  });
});

describe('the ticket of a log-in that waits', () => {
  const TICKET = /echomate_second_step=([^;]+)/;
  async function ticketOf(email: string): Promise<string> {
    const answer = await app
      .browser()
      .post(`${API}/auth/login`)
      .send({ email, password: PASSWORD });
    return TICKET.exec(String(answer.headers['set-cookie']))![1]!;
  }
  const stepWith = (cookie: string, code: string) =>
    app.anyone().post(`${API}/auth/second-factor`).set('Cookie', cookie).send({ code });

  it('is HttpOnly, and worth nothing when forged, of another account, or of another kind', async () => {
    const [ada, bruno] = [await newcomer(), await newcomer()];
    const { secret } = await withApp(ada.browser);
    const { secret: brunos } = await withApp(bruno.browser);
    const ticket = await ticketOf(ada.email);
    const [proof, until, signature] = ticket.split('.') as [string, string, string];
    const changed = (changes: object) => {
      const proven = JSON.parse(Buffer.from(proof, 'base64url').toString()) as object;
      return Buffer.from(JSON.stringify({ ...proven, ...changes })).toString('base64url');
    };
    const { body: brunosSession } = await bruno.browser.get(`${API}/auth/session`);
    const code = codeOf(secret);
    for (const forged of [
      '',
      `echomate_second_step=${changed({ hasSecondFactor: true })}.${until}.${signature}`,
      `echomate_second_step=${changed({ userId: brunosSession.user.id })}.${until}.${signature}`,
      `echomate_second_step=${proof}.${Number(until) + 1}.${signature}`,
      `echomate_second_step=${proof}.${until}.`,
      `echomate_second_step=${proof}.${until}`,
      `echomate_leaving=${ticket}`,
    ])
      await stepWith(forged, code).expect(404);
    // Whoever is on the way into one account cannot use the code of another.
    await stepWith(`echomate_second_step=${ticket}`, codeOf(brunos)).expect(400);
    // It keeps no account that is about to be deleted, and starts no session by itself.
    await app
      .anyone()
      .post(`${API}/auth/leaving/keep`)
      .set('Cookie', `echomate_leaving=${ticket}`)
      .expect(404);
    await stepWith(`echomate_second_step=${ticket}`, code).expect(200);
  });

  it('ends after ten minutes, and with a change of password; the code is not used up', async () => {
    const { email, browser } = await newcomer();
    const { secret } = await withApp(browser);
    const late = await ticketOf(email);
    minutesLater(11);
    await stepWith(`echomate_second_step=${late}`, codeOf(secret)).expect(404);
    const old = await ticketOf(email);
    await browser
      .put(`${API}/auth/password`)
      .send({ currentPassword: PASSWORD, newPassword: NEW })
      .expect(204);
    await stepWith(`echomate_second_step=${old}`, codeOf(secret)).expect(404);
    await step(await halfWay(app, email, NEW), { code: codeOf(secret) }).expect(200);
  });
});

describe('every other way in', () => {
  it('a new password by mail changes the password only', async () => {
    const { email, browser } = await newcomer();
    const { secret } = await withApp(browser);
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    const token = tokenIn(await app.mailAbout(email, 'Choose a new password'));
    const reset = app.browser();
    await reset.post(`${API}/auth/password/reset`).send({ token, newPassword: NEW }).expect(204);
    expect(await statusOf(reset)).toBe(401);
    const waiting = await halfWay(app, email, NEW);
    await step(waiting, { code: codeOf(secret) }).expect(200);
  });

  it('a change of address logs nobody in', async () => {
    const { email, browser } = await newcomer();
    await withApp(browser);
    const newEmail = `moved-${email}`;
    await browser.post(`${API}/auth/email`).send({ newEmail, password: PASSWORD }).expect(202);
    const token = tokenIn(await app.mailAbout(newEmail, 'Confirm your new email address'));
    const elsewhere = app.browser();
    await elsewhere.post(`${API}/auth/email/verify`).send({ token }).expect(200);
    expect(await statusOf(elsewhere)).toBe(401);
    await halfWay(app, newEmail);
    const back = tokenIn(await app.mailAbout(email, 'Your account moved to another address'));
    await elsewhere
      .post(`${API}/auth/email/return`)
      .send({ token: back, newPassword: NEW })
      .expect(200);
    expect(await statusOf(elsewhere)).toBe(401);
    await halfWay(app, email, NEW);
  });

  it('an account that is about to be deleted asks for the second step first', async () => {
    const { email, browser } = await newcomer();
    const { secret } = await withApp(browser);
    await browser
      .post(`${API}/users/me/deletion`)
      .send({ password: PASSWORD, groups: [] })
      .expect(202);
    const waiting = await halfWay(app, email);
    await waiting.get(`${API}/auth/leaving`).expect(404);
    await waiting.post(`${API}/auth/leaving/keep`).expect(404);
    const answer = await step(waiting, { code: codeOf(secret) }).expect(403);
    expect(answer.body.code).toBe('account-leaving');
    expect(await statusOf(waiting)).toBe(401);
    const kept = await waiting.post(`${API}/auth/leaving/keep`).expect(200);
    expect(kept.body.isBack).toBe(true);
    expect(await statusOf(waiting)).toBe(200);
  });

  it('a ticket that keeps an account ends when a second step is turned on', async () => {
    const { email, browser } = await newcomer();
    await browser
      .post(`${API}/users/me/deletion`)
      .send({ password: PASSWORD, groups: [] })
      .expect(202);
    const thief = app.browser();
    await thief.post(`${API}/auth/login`).send({ email, password: PASSWORD }).expect(403);
    const owner = app.browser();
    await owner.post(`${API}/auth/login`).send({ email, password: PASSWORD }).expect(403);
    await owner.post(`${API}/auth/leaving/keep`).expect(200);
    await withApp(owner);
    await thief.post(`${API}/auth/leaving/keep`).expect(401);
    expect(await statusOf(thief)).toBe(401);
  });

  it('a deactivated account is back only with the second step', async () => {
    const { email, browser } = await newcomer();
    const { secret } = await withApp(browser);
    await browser.post(`${API}/users/me/deactivation`).send({ password: PASSWORD }).expect(204);
    const waiting = await halfWay(app, email);
    const rows = () =>
      app.get(Database).many(sql`
        SELECT reason FROM inactive_accounts i JOIN users u ON u.id = i.user_id WHERE u.email = ${email}`);
    expect(await rows()).toHaveLength(1);
    const { body } = await step(waiting, { code: codeOf(secret) }).expect(200);
    expect(body.isBack).toBe(true);
    expect(await rows()).toHaveLength(0);
  });
});

describe('turning it off', () => {
  it('takes the password, ends the codes, and is told', async () => {
    const { email, browser } = await newcomer();
    await withApp(browser);
    const off = (proof: object) => browser.post(`${API}/auth/two-step/off`).send(proof);
    await off({}).expect(400);
    await off({ password: 'wrong' }).expect(400);
    await halfWay(app, email);
    await off({ password: PASSWORD }).expect(204);
    await app.browser().post(`${API}/auth/login`).send({ email, password: PASSWORD }).expect(200);
    expect(await stateOf(browser)).toMatchObject({ isOn: false, recoveryCodesLeft: 0 });
    await app.mailAbout(email, 'Two-step login is off');
  });
});

describe('the reset that an operator asks for', () => {
  it('removes everything, and the owner is told', async () => {
    const { email, browser } = await newcomer();
    const { codes } = await withApp(browser);
    const { key } = await withPasskey(app, browser);
    const waiting = await halfWay(app, email);
    const { body } = await browser.get(`${API}/users/me`).expect(200);
    await app
      .get(Database)
      .transaction((transaction) =>
        app.get(Jobs).enqueue(transaction, 'second-factors.reset', { userId: body.id }),
      );
    await app.mailAbout(email, 'Two-step login and passkeys were removed');
    await step(waiting, { code: codes[0] }).expect(404);
    expect(await stateOf(browser)).toMatchObject({
      isOn: false,
      recoveryCodesLeft: 0,
      passkeyCount: 0,
    });
    const fresh = app.browser();
    const question = await questionOf(fresh, 'passkeys/challenge');
    await fresh.post(`${API}/auth/passkeys/log-in`).send(key.answer(question)).expect(401);
    await fresh.post(`${API}/auth/login`).send({ email, password: PASSWORD }).expect(200);
  });
});
