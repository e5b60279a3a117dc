import { createHmac, randomUUID } from 'node:crypto';
import { LIMITS } from '@echomate/contracts/limits';
import type { ProgramPage, TokenPair } from '@echomate/contracts/programs.dto';
import { generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import type { InactiveReason } from '@echomate/contracts/users.dto';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { loginAsProgram, makeToken, withToken } from '../support/programs.js';
import { withApp } from '../support/second-factors.js';
import { connected, cookieOf, lineOf } from '../support/sockets.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const NEW = 'nine red umbrellas';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let count = 0;
async function somebody() {
  const email = `program${count++}@example.org`;
  const browser = await signUp(app, { email });
  const { body } = await browser.get(`${API}/users/me`).expect(200);
  return { email, browser, id: body.id as string };
}

const me = (token: string) => withToken(app, token, 'users/me');
const refresh = (refreshToken: string, more: object = {}) =>
  app
    .anyone()
    .post(`${API}/auth/token/refresh`)
    .send({ refreshToken, ...more });
const listed = async (browser: Awaited<ReturnType<typeof signUp>>): Promise<ProgramPage['items']> =>
  (await browser.get(`${API}/auth/tokens`).expect(200)).body.items;

const refused = { code: 'token-refused', status: 401 };

describe('a token made in settings', () => {
  it('is shown once, kept as a hash, and reads what its owner reads', async () => {
    const { browser, id } = await somebody();
    const { token, ...shown } = await makeToken(browser);
    expect(shown).toMatchObject({ kind: 'token', name: 'Choir calendar', scopes: ['read'] });
    expect((await me(token).expect(200)).body.id).toBe(id);
    expect(JSON.stringify(await listed(browser))).not.toContain(token);
    const rows = await app.get(Database).many(sql`SELECT * FROM programs`);
    expect(JSON.stringify(rows)).not.toContain(token.split('_').at(-1));
    await until('it was used', async () => (await listed(browser))[0]!.lastUsedAt !== null);
  });

  it('ends in settings, at once, and nobody else can end it', async () => {
    const { browser } = await somebody();
    const stranger = await somebody();
    const { token, id } = await makeToken(browser);
    await stranger.browser.delete(`${API}/auth/tokens/${id}`).expect(404);
    await me(token).expect(200);
    await browser.delete(`${API}/auth/tokens/${id}`).expect(204);
    const { body, headers } = await me(token).expect(401);
    expect(body).toMatchObject(refused);
    expect(headers['www-authenticate']).toContain('invalid_token');
    expect(await listed(browser)).toEqual([]);
  });

  it('ends on its day', async () => {
    const { browser } = await somebody();
    const { token, id } = await makeToken(browser);
    const past = new Date(Date.now() - 1).toISOString();
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE programs SET ends_at = ${past} WHERE id = ${id}`),
      );
    await me(token).expect(401);
    expect(await listed(browser)).toEqual([]);
  });

  it('takes the password, a name, a scope that exists, and a year at most', async () => {
    const { browser } = await somebody();
    const ask = (more: object) =>
      browser
        .post(`${API}/auth/tokens`)
        .send({ name: 'A', scopes: ['read'], days: 1, password: PASSWORD, ...more });
    for (const [wrong, field] of [
      [{ password: 'not the password' }, 'password'],
      [{ name: ' ' }, 'name'],
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['everything'] }, 'scopes'],
      [{ scopes: ['read', 'read'] }, 'scopes'],
      [{ scopes: 'read' }, 'scopes'],
      [{ days: 366 }, 'days'],
      [{ days: 0 }, 'days'],
    ] as const) {
      const { body } = await ask(wrong).expect(400);
      expect(body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
    }
    expect(await listed(browser)).toEqual([]);
  });

  it('is one of so many', async () => {
    const { browser } = await somebody();
    for (let made = 0; made < LIMITS.program.max; made++) await makeToken(browser);
    const { body } = await browser
      .post(`${API}/auth/tokens`)
      .send({ name: 'A', scopes: ['read'], days: 1, password: PASSWORD })
      .expect(409);
    expect(body.code).toBe('too-many-tokens');
  });

  it('makes no token, and is no session', async () => {
    const { browser, email } = await somebody();
    const scopes = ['read', 'write', 'messages', 'manage'];
    const { token } = await makeToken(browser, { scopes });
    const { accessToken } = await loginAsProgram(app, email, { scopes });
    for (const given of [token, accessToken]) {
      const { body } = await withToken(app, given, 'auth/tokens', 'post')
        .send({ name: 'B', scopes: ['read'], days: 1, password: PASSWORD })
        .expect(403);
      expect(body.code).toBe('session-needed');
      await withToken(app, given, 'auth/sessions').expect(403);
      await withToken(app, given, 'auth/password', 'put')
        .send({ currentPassword: PASSWORD, newPassword: NEW })
        .expect(403);
    }
    expect(await listed(browser)).toHaveLength(2);
  });
});

describe('an access token', () => {
  const keyOf = (secret = app.config.sessionSecret) =>
    createHmac('sha256', secret).update('echomate access').digest();

  async function claims() {
    const person = await somebody();
    const { accessToken } = await loginAsProgram(app, person.email, { scopes: ['read'] });
    const payload = JSON.parse(
      Buffer.from(accessToken.split('.')[1]!, 'base64url').toString(),
    ) as JWTPayload;
    return { payload, accessToken, ...person };
  }

  const signed = (payload: JWTPayload, { alg = 'HS256', typ = 'at+jwt', key = keyOf() } = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg, typ }).sign(key);

  it('of ours is accepted, so that what follows means something', async () => {
    const { payload, accessToken } = await claims();
    await me(accessToken).expect(200);
    await me(await signed(payload)).expect(200);
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, (payload: JWTPayload) => Promise<string> | string]>([
    ['without a signature', (payload) => new UnsecuredJWT(payload).encode()],
    [
      'that says "none" over our signature',
      async (payload) => {
        const [, body, signature] = (await signed(payload)).split('.');
        const head = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
        return `${head}.${body}.${signature}`;
      },
    ],
    ['of another key', (payload) => signed(payload, { key: keyOf('x'.repeat(32)) })],
    [
      'of the session secret itself',
      (payload) => signed(payload, { key: Buffer.from(app.config.sessionSecret) }),
    ],
    ['of another algorithm', (payload) => signed(payload, { alg: 'HS512' })],
    [
      'of a key pair',
      async (payload) => {
        const { privateKey } = await generateKeyPair('EdDSA');
        return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
      },
    ],
    ['of another type', (payload) => signed(payload, { typ: 'JWT' })],
    ['that has ended', (payload) => signed({ ...payload, exp: now() - 1 })],
    ['that never ends', ({ exp: _, ...payload }) => signed(payload)],
    [
      'that ends in a year',
      (payload) => signed({ ...payload, iat: now() - 601, exp: now() + 1e7 }),
    ],
    ['of another issuer', (payload) => signed({ ...payload, iss: 'https://evil.example' })],
    ['for another audience', (payload) => signed({ ...payload, aud: 'https://evil.example' })],
    ['for nobody', ({ aud: _, ...payload }) => signed(payload)],
    ['of another person', (payload) => signed({ ...payload, sub: randomUUID() })],
    ['of no program', ({ sid: _, ...payload }) => signed(payload)],
    ['of another program', (payload) => signed({ ...payload, sid: randomUUID() })],
    [
      'with a payload that was changed',
      async (payload) => {
        const [head, , signature] = (await signed(payload)).split('.');
        const body = Buffer.from(JSON.stringify({ ...payload, scope: 'read write' }));
        return `${head}.${body.toString('base64url')}.${signature}`;
      },
    ],
    ['that is none', () => 'abc'],
    ['that is empty', () => ''],
    ['that is very long', () => `a.${'b'.repeat(10_000)}.c`],
  ])('is refused: %s', async (_, forge) => {
    const { payload } = await claims();
    expect((await me(await forge(payload)).expect(401)).body).toMatchObject(refused);
  });

  it('that claims more than the program was allowed may do no more', async () => {
    const { payload } = await claims();
    const wide = await signed({ ...payload, scope: 'read write manage' });
    await me(wide).expect(200);
    const { body } = await withToken(app, wide, 'posts', 'post').send({}).expect(403);
    expect(body).toMatchObject({ code: 'scope-missing', parameters: { scope: 'write' } });
  });

  it('is refused on public routes too, and other ways to authenticate are none of ours', async () => {
    await withToken(app, 'abc', 'site').expect(401);
    const { browser } = await somebody();
    await browser.get(`${API}/users/me`).set('Authorization', 'Basic YTpi').expect(200);
  });

  it('never works together with a cookie', async () => {
    const { accessToken, browser, email } = await claims();
    const other = await logIn(app, (await somebody()).email);
    for (const cookie of [
      cookieOf(app, browser),
      cookieOf(app, other),
      'echomate_session=made-up',
    ]) {
      const { body } = await me(accessToken).set('Cookie', cookie).expect(400);
      expect(body.code).toBe('token-and-cookie');
    }
    await me(accessToken).set('Cookie', 'theme=dark').expect(200);
    await browser.get(`${API}/users/me`).expect(200);
    expect(email).toBeDefined();
  });

  it('opens no socket', async () => {
    const { accessToken, browser } = await claims();
    const headers = { extraHeaders: { authorization: `Bearer ${accessToken}` } };
    await expect(connected(lineOf(app, null, headers))).rejects.toThrow();
    await expect(connected(lineOf(app, cookieOf(app, browser), headers))).rejects.toThrow();
    (await connected(lineOf(app, cookieOf(app, browser)))).disconnect();
    const answer = await fetch(`${app.url}/socket.io/?EIO=4&transport=polling`, {
      headers: headers.extraHeaders,
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('no-tokens-on-sockets');
  });

  it('needs no origin, and a cookie still does', async () => {
    const { email, browser } = await somebody();
    const { accessToken } = await loginAsProgram(app, email, { scopes: ['write'] });
    const evil = 'https://evil.example';
    const content = { content: 'Hello', audience: 'public' };
    await withToken(app, accessToken, 'posts', 'post')
      .set({ Origin: evil, 'Sec-Fetch-Site': 'cross-site' })
      .send(content)
      .expect(201);
    await browser.post(`${API}/posts`).set('Origin', evil).send(content).expect(403);
  });
});

describe('a log-in of a program', () => {
  it('asks as the log-in of a browser does', async () => {
    const { email } = await somebody();
    const ask = (body: object) => app.anyone().post(`${API}/auth/token`).send(body);
    const wrong = await ask({ email, password: 'not the password' }).expect(401);
    const nobody = await ask({ email: 'no@example.org', password: PASSWORD }).expect(401);
    expect(wrong.body).toEqual({ ...nobody.body, requestId: wrong.body.requestId });
    await app.anyone().post(`${API}/auth/register`).send({
      email: 'waits@example.org',
      password: PASSWORD,
      dateOfBirth: '1990-12-31',
      firstName: 'Ada',
      lastName: 'Okafor',
    });
    const waiting = await ask({ email: 'waits@example.org', password: PASSWORD }).expect(403);
    expect(waiting.body.code).toBe('email-unconfirmed');
  });

  it('has the limits of the log-in, in one count with it', async () => {
    const limited = await startTestApp({ RATE_LIMITS: 'on' });
    try {
      await signUp(limited, { email: 'limited@example.org' });
      const ask = (path: string, password: string) =>
        limited
          .anyone()
          .post(`${API}/auth/${path}`)
          .send({ email: 'limited@example.org', password });
      for (let tries = 0; tries < 10; tries++) {
        await ask('token', 'wrong password').expect(401);
        await ask('login', 'wrong password').expect(401);
      }
      await ask('token', PASSWORD).expect(429);
      await ask('login', PASSWORD).expect(429);
    } finally {
      await limited.close();
    }
  });

  it.each<[InactiveReason, string]>([
    ['suspended', 'account-suspended'],
    ['deactivated', 'log-in-on-site'],
    ['leaving', 'account-leaving'],
  ])('gives a %s account nothing, and changes nothing', async (reason, code) => {
    const { email, id } = await somebody();
    const states = app.get(AccountStatesService);
    await app.get(Database).transaction((transaction) => states.hide(transaction, id, reason));
    const { body } = await app
      .anyone()
      .post(`${API}/auth/token`)
      .send({ email, password: PASSWORD })
      .expect(403);
    expect(body.code).toBe(code);
    expect(await states.reasons(id)).toEqual([reason]);
  });

  it('takes more than the password of an account with two-step login', async () => {
    const { email, browser } = await somebody();
    await withApp(browser);
    const { body } = await app
      .anyone()
      .post(`${API}/auth/token`)
      .send({ email, password: PASSWORD })
      .expect(403);
    expect(body.code).toBe('token-instead');
    expect(await listed(browser)).toEqual([]);
    const { token } = await makeToken(browser);
    await me(token).expect(200);
  });

  it('goes on with tokens that replace each other', async () => {
    const { email, browser } = await somebody();
    const first = await loginAsProgram(app, email, { name: 'Feed reader' });
    expect(first).toMatchObject({ tokenType: 'Bearer', expiresIn: 600, scopes: ['read'] });
    const { body: second } = await refresh(first.refreshToken).expect(200);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await me(second.accessToken).expect(200);
    expect(await listed(browser)).toMatchObject([{ kind: 'login', name: 'Feed reader' }]);
    await me(second.refreshToken).expect(401);
  });

  it('ends whole when a refresh token is used again, however old', async () => {
    const { email, browser } = await somebody();
    const other = await loginAsProgram(app, email);
    const first = await loginAsProgram(app, email);
    let newest = first;
    for (let times = 0; times < 3; times++)
      newest = (await refresh(newest.refreshToken).expect(200)).body;
    expect((await refresh(first.refreshToken).expect(401)).body).toMatchObject(refused);
    await me(newest.accessToken).expect(401);
    await refresh(newest.refreshToken).expect(401);
    await me(other.accessToken).expect(200);
    expect(await listed(browser)).toHaveLength(1);
  });

  it('has one winner of twenty, and what it won ends with the reuse', async () => {
    const { email, browser } = await somebody();
    const { refreshToken } = await loginAsProgram(app, email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
    const won = answers.find(({ status }) => status === 200)!.body as TokenPair;
    await me(won.accessToken).expect(401);
    await refresh(won.refreshToken).expect(401);
    expect(await listed(browser)).toEqual([]);
  });

  it('is not ended by a refresh token that was made up', async () => {
    const { email } = await somebody();
    const { refreshToken, accessToken } = await loginAsProgram(app, email);
    const [program, random, signature] = refreshToken.split('.');
    for (const forged of [
      `${program}.${random}.${'a'.repeat(signature!.length)}`,
      `${program}.${'a'.repeat(random!.length)}.${signature}`,
      `${refreshToken}.`,
      refreshToken.slice(0, -1),
      accessToken.slice(0, 200),
    ]) {
      await refresh(forged).expect(401);
      await app.anyone().post(`${API}/auth/token/revoke`).send({ token: forged }).expect(204);
    }
    await me(accessToken).expect(200);
  });

  it('gives no wider scope later, and a narrower one when asked', async () => {
    const { email } = await somebody();
    const { refreshToken } = await loginAsProgram(app, email, { scopes: ['read', 'write'] });
    const wide = await refresh(refreshToken, { scopes: ['read', 'messages'] }).expect(400);
    expect(wide.body.errors[0].code).toBe('scope-not-granted');
    const { body: narrow } = await refresh(refreshToken, { scopes: ['write'] }).expect(200);
    await me(narrow.accessToken).expect(403);
    const { body: whole } = await refresh(narrow.refreshToken).expect(200);
    expect(whole.scopes).toEqual(['read', 'write']);
    await me(whole.accessToken).expect(200);
  });

  it('is revoked by its refresh token, and a token by itself', async () => {
    const { email, browser } = await somebody();
    const { refreshToken, accessToken } = await loginAsProgram(app, email);
    const { token } = await makeToken(browser);
    for (const secret of [refreshToken, token, 'x'.repeat(40)])
      await app.anyone().post(`${API}/auth/token/revoke`).send({ token: secret }).expect(204);
    await me(accessToken).expect(401);
    await me(token).expect(401);
    await refresh(refreshToken).expect(401);
  });

  it('makes place by ending the one that was used least lately', async () => {
    const { email, browser } = await somebody();
    const first = await loginAsProgram(app, email);
    const second = await loginAsProgram(app, email);
    for (let more = 0; more < LIMITS.program.max - 1; more++) await loginAsProgram(app, email);
    expect(await listed(browser)).toHaveLength(LIMITS.program.max);
    await me(first.accessToken).expect(401);
    await me(second.accessToken).expect(200);
  });
});

describe('what ends the access of programs', () => {
  async function programs() {
    const person = await somebody();
    const pair = await loginAsProgram(app, person.email);
    const { token } = await makeToken(person.browser);
    const expectEnded = async () => {
      await me(pair.accessToken).expect(401);
      await me(token).expect(401);
      await refresh(pair.refreshToken).expect(401);
    };
    await me(pair.accessToken).expect(200);
    await me(token).expect(200);
    return { ...person, expectEnded };
  }

  it.each(['suspended', 'deactivated', 'leaving'] as const)('an account is %s', async (reason) => {
    const { id, expectEnded } = await programs();
    const states = app.get(AccountStatesService);
    const change = (work: 'hide' | 'restore') =>
      app.get(Database).transaction((transaction) => states[work](transaction, id, reason));
    await change('hide');
    await expectEnded();
    await change('restore');
    await expectEnded();
  });

  it('the password is changed', async () => {
    const { browser, expectEnded } = await programs();
    const change = { currentPassword: PASSWORD, newPassword: NEW };
    await browser.put(`${API}/auth/password`).send(change).expect(204);
    await expectEnded();
  });

  it('the password is reset by mail', async () => {
    const { email, expectEnded } = await programs();
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    const token = tokenIn(await app.mailAbout(email, 'Choose a new password'));
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: NEW })
      .expect(204);
    await expectEnded();
  });

  it('the account moves to another address', async () => {
    const { email, browser, expectEnded } = await programs();
    const newEmail = `moved-${email}`;
    await browser.post(`${API}/auth/email`).send({ newEmail, password: PASSWORD }).expect(202);
    const token = tokenIn(await app.mail(newEmail));
    await browser.post(`${API}/auth/email/verify`).send({ token }).expect(200);
    await expectEnded();
  });
});
