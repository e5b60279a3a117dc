import { UnsecuredJWT, SignJWT } from 'jose';
import { OPENID_CLIENT } from '@echomate/testing/openid-provider';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { lyingProvider, type Lie } from '../support/lying-provider.js';
import {
  begin,
  connect,
  finish,
  isSignedIn,
  OUTSIDE,
  providerSetting,
  register,
} from '../support/outside.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let provider: Awaited<ReturnType<typeof lyingProvider>>;
let victim: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  provider = await lyingProvider();
  app = await startTestApp(providerSetting(provider.issuer));
  victim = await signUp(app, { email: 'victim@example.org' });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

type Browser = ReturnType<TestApp['browser']>;
const claiming =
  (claims: object): Lie =>
  (honest, sign) =>
    sign({ ...honest, claims: { ...honest.claims, ...claims } });
const come = async (lie?: Lie, browser: Browser = app.browser(), info?: object) =>
  finish(browser, provider.answerTo(await begin(browser), lie, info));
/** Comes in as the subject, and with this email. */
const as = (sub: string, more: object = {}) =>
  claiming({ sub, email: `${sub}@example.org`, ...more });
const identities = async () =>
  Number(
    (await app.get(Database).one<{ n: number }>(sql`SELECT count(*) AS n FROM identities`))!.n,
  );

/** Opens an account with the provider as its only way in. */
async function newcomer(sub: string) {
  const browser = app.browser();
  expect((await come(as(sub), browser)).body.next).toBe('register');
  await register(browser).expect(200);
  return browser;
}

it('believes an honest provider, so that the lies below are what is refused', async () => {
  const { body } = await come(as('honest'));
  expect(body).toEqual({ next: 'register', path: null, isBack: false });
});

describe('a token', () => {
  const lies: [string, Lie][] = [
    ['of another nonce', claiming({ nonce: 'another' })],
    ['without a nonce', claiming({ nonce: undefined })],
    ['for another client', claiming({ aud: 'another' })],
    [
      'for us among others, at the hands of another',
      claiming({ aud: ['echomate', 'x'], azp: 'x' }),
    ],
    ['of another issuer', claiming({ iss: 'https://accounts.google.com' })],
    ['that has expired', claiming({ exp: Math.floor(Date.now() / 1000) - 3600 })],
    ['without a subject', claiming({ sub: undefined })],
    ['with an endless subject', claiming({ sub: 'x'.repeat(300) })],
    ['that another key signed', (honest, _, signOtherwise) => signOtherwise(honest)],
    ['that nobody signed', ({ claims }) => new UnsecuredJWT(claims).encode()],
    [
      'signed with the secret of the client',
      ({ claims }) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(OPENID_CLIENT.clientSecret.padEnd(32, '.'))),
    ],
    [
      'changed after it was signed',
      async (honest, sign) => {
        const [header, , signature] = (await sign(honest)).split('.');
        const claims = { ...honest.claims, sub: 'victim' };
        return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      },
    ],
    ['that is none', () => 'token'],
    ['that is missing', () => null],
  ];
  it.each(lies)('%s lets nobody in', async (_, lie) => {
    const browser = app.browser();
    const { body } = await come(lie, browser);
    expect(body).toMatchObject({ status: 403, code: 'outside-untrusted' });
    expect(body.parameters).toEqual({ label: 'Club account' });
    expect(await isSignedIn(browser)).toBe(false);
    await browser.get(`${OUTSIDE}/unfinished`).expect(410);
  });

  it('is not about somebody else than what the provider says further', async () => {
    const browser = app.browser();
    const nameless = claiming({ sub: 'one', email: undefined, email_verified: undefined });
    const info = { sub: 'two', email: 'two@example.org', email_verified: true };
    expect((await come(nameless, browser, info)).body.code).toBe('outside-untrusted');
    const right = { ...info, sub: 'one' };
    expect((await come(nameless, browser, right)).body.next).toBe('register');
  });
});

describe('a return', () => {
  it('that this browser did not begin is refused: nobody is logged in as somebody else', async () => {
    const attacker = app.browser();
    const query = provider.answerTo(await begin(attacker), as('attacker'));
    const taken = provider.codesTaken;
    const innocent = app.browser();
    expect((await finish(innocent, query).expect(410)).body.code).toBe('outside-not-begun');
    await begin(innocent);
    expect((await finish(innocent, query).expect(410)).body.code).toBe('outside-not-begun');
    expect(await isSignedIn(innocent)).toBe(false);
    // The code was not even asked about.
    expect(provider.codesTaken).toBe(taken);
  });

  it.each([
    ['another state', (query: URLSearchParams) => query.set('state', 'another')],
    ['no state', (query: URLSearchParams) => query.delete('state')],
  ])('with %s is refused', async (_, change) => {
    const browser = app.browser();
    const query = provider.answerTo(await begin(browser), as('stateless'));
    change(query);
    expect((await finish(browser, query)).body.code).toBe('outside-not-begun');
  });

  it.each([
    ['another issuer', (query: URLSearchParams) => query.set('iss', 'https://evil.example.org')],
    ['no issuer', (query: URLSearchParams) => query.delete('iss')],
    ['two codes', (query: URLSearchParams) => query.append('code', 'second')],
    ['no code', (query: URLSearchParams) => query.delete('code')],
  ])('with %s is refused', async (_, change) => {
    const browser = app.browser();
    const query = provider.answerTo(await begin(browser), as('mixed up'));
    change(query);
    expect((await finish(browser, query)).body.code).toBe('outside-untrusted');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('works once: neither the cookie nor the code is good again', async () => {
    const browser = app.browser();
    const url = await begin(browser);
    const query = provider.answerTo(url, as('once'));
    expect((await finish(browser, query)).body.next).toBe('register');
    expect((await finish(browser, query)).body.code).toBe('outside-not-begun');

    const kept = app.browser();
    const answer = await kept.post(`${OUTSIDE}/providers/club/begin`).send({});
    const cookie = answer.headers['set-cookie']![0]!.split(';')[0]!;
    const replayed = provider.answerTo(answer.body.url, as('once'));
    const send = () =>
      app
        .anyone()
        .post(`${OUTSIDE}/providers/club/finish`)
        .set('cookie', cookie)
        .send({ query: replayed.toString() });
    expect((await send()).body.next).toBe('register');
    expect((await send()).body.code).toBe('outside-untrusted');
  });

  it('with a cookie that we did not make, or of another kind, is refused', async () => {
    const answer = await app.anyone().post(`${OUTSIDE}/providers/club/begin`).send({});
    const [cookie = '', attributes = ''] = /^([^;]+);(.*)$/
      .exec(answer.headers['set-cookie']![0]!)!
      .slice(1);
    expect(attributes).toMatch(/HttpOnly/);
    expect(attributes).toMatch(/SameSite=Lax/);
    const query = provider.answerTo(answer.body.url, as('forged')).toString();
    const send = (sent: string) =>
      app.anyone().post(`${OUTSIDE}/providers/club/finish`).set('cookie', sent).send({ query });
    expect((await send(`${cookie}x`)).body.code).toBe('outside-not-begun');
    const [name, value = ''] = cookie.split('=');
    const [begun = '', until = '', signature = ''] = value.split('.');
    const later = `${name}=${begun}.${Number(until) + 1000}.${signature}`;
    expect((await send(later)).body.code).toBe('outside-not-begun');
    await app
      .anyone()
      .get(`${OUTSIDE}/unfinished`)
      .set('cookie', `echomate_outside_named=${value}`)
      .expect(410);
    expect((await send(cookie)).body.next).toBe('register');
  });

  it('says so when somebody changed their mind there, or the provider cannot', async () => {
    const browser = app.browser();
    const refused = (error: string, state: string) =>
      finish(browser, new URLSearchParams({ error, state, iss: provider.issuer }));
    const stateOf = async () => new URL(await begin(browser)).searchParams.get('state')!;
    expect((await refused('access_denied', await stateOf())).body.code).toBe('outside-cancelled');
    expect((await refused('access_denied', 'another')).body.code).toBe('outside-not-begun');
    expect((await refused('server_error', await stateOf())).body.code).toBe('outside-untrusted');
  });
});

describe('an account', () => {
  it('is not taken over by whoever has its email elsewhere', async () => {
    const before = await identities();
    const browser = app.browser();
    expect((await come(as('mallory', { email: 'Victim@example.org' }), browser)).body.next).toBe(
      'connect',
    );
    expect(await isSignedIn(browser)).toBe(false);
    for (const password of ['wrong password', 'another one'])
      expect((await connect(browser, password).expect(400)).body.errors[0].code).toBe(
        'wrong-password',
      );
    await register(browser).expect(409);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await identities()).toBe(before);
    // The password of another account opens nothing here either.
    await signUp(app, { email: 'mallory@example.org', password: 'nine red umbrellas' });
    await connect(browser, 'nine red umbrellas').expect(400);
    expect((await victim.get(`${OUTSIDE}/connected`)).body.items).toEqual([]);
  });

  it.each([
    ['false', { email_verified: false }],
    ['missing', { email_verified: undefined }],
    ['a number', { email_verified: 1 }],
    ['of no address', { email: 'victim' }],
  ])('is neither connected nor opened if the confirmation is %s', async (_, claims) => {
    const browser = app.browser();
    const lie = as('unconfirmed', { email: 'victim@example.org', ...claims });
    expect((await come(lie, browser)).body.code).toBe('outside-email-unconfirmed');
    await browser.get(`${OUTSIDE}/unfinished`).expect(410);
    await connect(browser, PASSWORD).expect(410);
    await register(browser).expect(410);
  });

  it('that changed its address after the provider was asked is not connected', async () => {
    await signUp(app, { email: 'moves@example.org' });
    const browser = app.browser();
    await come(as('moves'), browser);
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(
          sql`UPDATE users SET email = 'moved@example.org' WHERE email = 'moves@example.org'`,
        ),
      );
    expect((await connect(browser, PASSWORD)).body.code).toBe('outside-not-begun');
  });

  it('is opened by one identity, and the identity opens one account', async () => {
    await newcomer('single');
    const other = await signUp(app, { email: 'greedy@example.org' });
    const url = await begin(other, { connects: true });
    const taken = await finish(other, provider.answerTo(url, as('single')));
    expect(taken.body).toMatchObject({ status: 409, code: 'outside-taken' });

    // Two accounts connect the same identity, and one of them comes first.
    const second = await signUp(app, { email: 'greedy2@example.org' });
    for (const browser of [other, second])
      await finish(
        browser,
        provider.answerTo(await begin(browser, { connects: true }), as('contested')),
      ).expect(200);
    const answers = await Promise.all([connect(other, PASSWORD), connect(second, PASSWORD)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('is opened once by one form sent many times', async () => {
    const browser = app.browser();
    const answer = await come(as('impatient'), browser);
    const cookie = (answer.headers['set-cookie'] as unknown as string[])
      .map((line) => line.split(';')[0]!)
      .find((pair) => pair.startsWith('echomate_outside_named'))!;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        app
          .anyone()
          .post(`${OUTSIDE}/register`)
          .set('cookie', cookie)
          .send({ firstName: 'Im', lastName: 'Patient', dateOfBirth: '1990-01-01' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
  });

  it('is connected only in the session that asked for it', async () => {
    await app
      .browser()
      .post(`${OUTSIDE}/providers/club/begin`)
      .send({ connects: true })
      .expect(410);
    const owner = await signUp(app, { email: 'sessions@example.org' });
    const query = provider.answerTo(await begin(owner, { connects: true }), as('sessions'));
    await owner.post(`${API}/auth/logout`).expect(204);
    await owner
      .post(`${API}/auth/login`)
      .send({ email: 'sessions@example.org', password: PASSWORD });
    expect((await finish(owner, query)).body.code).toBe('outside-not-begun');
    await finish(owner, provider.answerTo(await begin(owner, { connects: true }), as('sessions')));
    await owner.post(`${API}/auth/logout`).expect(204);
    expect((await connect(owner, PASSWORD)).body.code).toBe('outside-not-begun');
  });

  it('that is suspended stays closed, and one that is deactivated is back', async () => {
    const browser = await newcomer('stateful');
    const { id } = (await browser.get(`${API}/users/me`)).body;
    const change = (what: 'hide' | 'restore', reason: 'suspended' | 'deactivated' | 'leaving') =>
      app
        .get(Database)
        .transaction((transaction) => app.get(AccountStatesService)[what](transaction, id, reason));
    await change('hide', 'suspended');
    const refused = app.browser();
    expect((await come(as('stateful'), refused)).body.code).toBe('account-suspended');
    expect(await isSignedIn(refused)).toBe(false);
    await change('restore', 'suspended');
    await change('hide', 'deactivated');
    expect((await come(as('stateful'))).body).toEqual({ next: 'home', path: null, isBack: true });

    await change('hide', 'leaving');
    const leaver = app.browser();
    expect((await come(as('stateful'), leaver)).body.code).toBe('account-leaving');
    expect(await isSignedIn(leaver)).toBe(false);
    await leaver.get(`${API}/auth/leaving`).expect(200);
    await leaver.post(`${API}/auth/leaving/keep`).expect(200);
    expect(await isSignedIn(leaver)).toBe(true);
  });

  it('that is disconnected while somebody logs in stays closed', async () => {
    const owner = await signUp(app, { email: 'cutoff@example.org' });
    await finish(owner, provider.answerTo(await begin(owner, { connects: true }), as('cutoff')));
    await connect(owner, PASSWORD).expect(200);
    const { id } = (await owner.get(`${API}/users/me`)).body;
    const leaving = (what: 'hide' | 'restore') =>
      app
        .get(Database)
        .transaction((transaction) =>
          app.get(AccountStatesService)[what](transaction, id, 'leaving'),
        );
    await leaving('hide');
    const slow = app.browser();
    expect((await come(as('cutoff'), slow)).body.code).toBe('account-leaving');
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`DELETE FROM identities WHERE user_id = ${id}`),
      );
    await slow.post(`${API}/auth/leaving/keep`).expect(410);
    expect(await isSignedIn(slow)).toBe(false);
  });
});

describe('a provider that is away', () => {
  it('takes only its own log-in away, and says so', async () => {
    provider.setAway(true);
    const other = await startTestApp(providerSetting(provider.issuer));
    try {
      const { body } = await other.browser().post(`${OUTSIDE}/providers/club/begin`).send({});
      expect(body).toMatchObject({ status: 503, code: 'outside-away' });
      expect(body.detail).toMatch(/^Club account isn't answering right now/);
      await signUp(other, { email: 'ada@example.org' });
      await logIn(other, 'ada@example.org');
      // Known already, it goes away while somebody is there.
      const browser = app.browser();
      const query = provider.answerTo(await begin(browser), as('left alone'));
      expect((await finish(browser, query)).body.code).toBe('outside-away');
      provider.setAway(false);
      await begin(other.browser());
    } finally {
      provider.setAway(false);
      await other.close();
    }
  });
});

describe('guessing the password', () => {
  it('is limited as at log-in', async () => {
    const limited = await startTestApp({ ...providerSetting(provider.issuer), RATE_LIMITS: 'on' });
    try {
      await signUp(limited, { email: 'guessed@example.org' });
      const browser = limited.browser();
      await finish(browser, provider.answerTo(await begin(browser), as('guessed')));
      const statuses: number[] = [];
      for (let tries = 0; tries < 25; tries += 1)
        statuses.push((await connect(browser, `guess ${tries}`)).status);
      expect(statuses.filter((status) => status === 400)).toHaveLength(20);
      expect(statuses.slice(20)).toEqual(Array(5).fill(429));

      // Whoever has stolen a session guesses no more often.
      const owner = await signUp(limited, { email: 'stolen@example.org' });
      const url = await begin(owner, { connects: true });
      await finish(owner, provider.answerTo(url, as('thief'))).expect(200);
      const guesses: number[] = [];
      for (let tries = 0; tries < 25; tries += 1)
        guesses.push((await connect(owner, `guess ${tries}`)).status);
      expect(guesses.filter((status) => status === 400)).toHaveLength(20);
      expect(guesses.slice(20)).toEqual(Array(5).fill(429));
    } finally {
      await limited.close();
    }
  });
});
