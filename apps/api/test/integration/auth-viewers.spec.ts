import { createHmac } from 'node:crypto';
import { jest } from '@jest/globals';
import { SessionsRepository } from '../../src/modules/auth/sessions.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { refuse } from '../../src/platform/http/problem.js';
import { Viewers, type RequestViewer } from '../../src/platform/http/viewer.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const NEW = 'nine red umbrellas';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface LoggedIn {
  cookie: string;
  viewer: RequestViewer;
}
type Answer = { headers: Record<string, unknown> };

const sessionCookie = ({ headers }: Answer): string =>
  (headers['set-cookie'] as string[])
    .find((cookie) => cookie.startsWith('echomate_session='))!
    .split(';')[0]!;

async function loggedIn(email: string, password = PASSWORD): Promise<LoggedIn> {
  const answer = await app.anyone().post(`${API}/auth/login`).send({ email, password }).expect(200);
  const { sessionId, user } = answer.body;
  return { cookie: sessionCookie(answer), viewer: { userId: user.id, sessionId } };
}

const as = ({ cookie }: LoggedIn) => ({
  post: (path: string, body: object) =>
    app.anyone().post(`${API}/auth/${path}`).set('Cookie', cookie).send(body),
  put: (path: string, body: object) =>
    app.anyone().put(`${API}/auth/${path}`).set('Cookie', cookie).send(body),
  delete: (path: string) => app.anyone().delete(`${API}/auth/${path}`).set('Cookie', cookie),
});

/** `s:<token>.<signature>`, as express-session makes it. */
const signed = (token: string, secret: string) => {
  const signature = createHmac('sha256', secret).update(token).digest('base64').replace(/=+$/, '');
  return `echomate_session=${encodeURIComponent(`s:${token}.${signature}`)}`;
};
const tokenOf = ({ cookie }: LoggedIn) =>
  decodeURIComponent(cookie.split('=')[1]!).slice(2).split('.')[0]!;

async function overHttp(header: string | undefined): Promise<RequestViewer | null> {
  const request = app.anyone().get(`${API}/auth/session`);
  const { status, body } = await (header === undefined ? request : request.set('Cookie', header));
  expect([200, 401]).toContain(status);
  return status === 200 ? { userId: body.user.id, sessionId: body.sessionId } : null;
}

const setColumn = (column: 'expires_at' | 'last_seen_at', { viewer }: LoggedIn, time: number) =>
  app.get(Database).transaction((transaction) => {
    const name = column === 'expires_at' ? sql`expires_at` : sql`last_seen_at`;
    const value = new Date(time).toISOString();
    return transaction.run(
      sql`UPDATE sessions SET ${name} = ${value} WHERE id = ${viewer.sessionId}`,
    );
  });

/** The Cookie header after something happened to Ada's session, and whether it still identifies her. */
const CASES: [
  string,
  (here: LoggedIn, email: string) => string | undefined | Promise<string | undefined>,
  'Ada' | 'nobody',
][] = [
  ['a session', (here) => here.cookie, 'Ada'],
  ['a session among other cookies', (here) => `theme=dark; ${here.cookie}; a=b=c`, 'Ada'],
  ['a token signed by us', (here) => signed(tokenOf(here), app.config.sessionSecret), 'Ada'],
  ['a session before another', (here) => `${here.cookie}; echomate_session=other`, 'Ada'],
  [
    'a session that others beside it have outlived',
    async (here, email) => {
      await as(await loggedIn(email))
        .post('logout', {})
        .expect(204);
      return here.cookie;
    },
    'Ada',
  ],
  ['no header', () => undefined, 'nobody'],
  ['an empty header', () => '', 'nobody'],
  ['other cookies', () => 'theme=dark; echomate_device=x.y.z', 'nobody'],
  ['a session after another', (here) => `echomate_session=other; ${here.cookie}`, 'nobody'],
  [
    'another name',
    (here) => here.cookie.replace('echomate_session', '__Host-echomate_session'),
    'nobody',
  ],
  ['a token without signature', (here) => `echomate_session=${tokenOf(here)}`, 'nobody'],
  ['a token that says it is signed', (here) => `echomate_session=s%3A${tokenOf(here)}`, 'nobody'],
  ['a signature of another secret', (here) => signed(tokenOf(here), 'x'.repeat(32)), 'nobody'],
  [
    'another token under the signature',
    (here) => here.cookie.replace(tokenOf(here), tokenOf(here).split('').reverse().join('')),
    'nobody',
  ],
  ['a token that was never given out', () => signed('made-up', app.config.sessionSecret), 'nobody'],
  ['what cannot be decoded', () => 'echomate_session=%E0%A4%A', 'nobody'],
  [
    'a session that was logged out',
    async (here) => {
      await as(here).post('logout', {}).expect(204);
      return here.cookie;
    },
    'nobody',
  ],
  [
    'a session that was ended from another',
    async (here, email) => {
      await as(await loggedIn(email))
        .delete(`sessions/${here.viewer.sessionId}`)
        .expect(204);
      return here.cookie;
    },
    'nobody',
  ],
  [
    'a session after a change of password elsewhere',
    async (here, email) => {
      const there = as(await loggedIn(email));
      await there.put('password', { currentPassword: PASSWORD, newPassword: NEW }).expect(204);
      return here.cookie;
    },
    'nobody',
  ],
  [
    'the old secret after a change of password here',
    async (here) => {
      await as(here).put('password', { currentPassword: PASSWORD, newPassword: NEW }).expect(204);
      return here.cookie;
    },
    'nobody',
  ],
  [
    'the new secret after a change of password here',
    async (here) =>
      sessionCookie(
        await as(here).put('password', { currentPassword: PASSWORD, newPassword: NEW }).expect(204),
      ),
    'Ada',
  ],
  [
    'a session after a reset',
    async (here, email) => {
      await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
      const token = tokenIn(await app.mailAbout(email, 'Choose a new password'));
      await as(here).post('password/reset', { token, newPassword: NEW }).expect(204);
      return here.cookie;
    },
    'nobody',
  ],
  [
    'a session whose browser logged in anew',
    async (here, email) => {
      await as(here).post('login', { email, password: PASSWORD }).expect(200);
      return here.cookie;
    },
    'nobody',
  ],
  [
    'a session that expires in a minute',
    async (here) => {
      await setColumn('expires_at', here, Date.now() + 60_000);
      return here.cookie;
    },
    'Ada',
  ],
  [
    'a session that has expired',
    async (here) => {
      await setColumn('expires_at', here, Date.now() - 1);
      return here.cookie;
    },
    'nobody',
  ],
];

describe('who is asking', () => {
  it.each(CASES)('is the same by a request and by its header: %s', async (name, happen, who) => {
    const email = `viewer${CASES.findIndex(([one]) => one === name)}@example.org`;
    await signUp(app, { email });
    const here = await loggedIn(email);
    const header = await happen(here, email);
    const expected = who === 'Ada' ? here.viewer : null;
    expect(await app.get(Viewers).ofCookies(header)).toEqual(expected);
    expect(await overHttp(header)).toEqual(expected);
  });

  it('has another cookie name under https', async () => {
    const secure = await startTestApp({
      PUBLIC_URL: 'https://club.example.org',
      TRUSTED_PROXIES: 'loopback',
    });
    try {
      await signUp(secure);
      const answer = await secure
        .anyone()
        .post(`${API}/auth/login`)
        .set({ 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.7' })
        .send({ email: 'ada@example.org', password: PASSWORD })
        .expect(200);
      const cookie = (answer.headers['set-cookie'] as unknown as string[])
        .find((one) => one.startsWith('__Host-echomate_session='))!
        .split(';')[0]!;
      const viewer = { userId: answer.body.user.id, sessionId: answer.body.sessionId };
      expect(await secure.get(Viewers).ofCookies(cookie)).toEqual(viewer);
      expect(await secure.get(Viewers).ofCookies(cookie.replace('__Host-', ''))).toBeNull();
    } finally {
      await secure.close();
    }
  });

  it('is looked up once for a request, and once for a header', async () => {
    const browser = await signUp(app, { email: 'once@example.org' });
    const here = await loggedIn('once@example.org');
    const lookUps = jest.spyOn(SessionsRepository.prototype, 'findByToken');
    try {
      await browser.get(`${API}/auth/session`).expect(200);
      expect(lookUps).toHaveBeenCalledTimes(1);
      await app.get(Viewers).ofCookies(here.cookie);
      expect(lookUps).toHaveBeenCalledTimes(2);
      await app.get(Viewers).ofCookies(signed('made-up', 'x'.repeat(32)));
      expect(lookUps).toHaveBeenCalledTimes(2);
    } finally {
      lookUps.mockRestore();
    }
  });

  it('is not answered when the sessions cannot be read', async () => {
    await signUp(app, { email: 'fault@example.org' });
    const { cookie } = await loggedIn('fault@example.org');
    const fault = refuse('unavailable');
    const lookUps = jest.spyOn(SessionsRepository.prototype, 'findByToken');
    lookUps.mockRejectedValue(fault);
    try {
      await expect(app.get(Viewers).ofCookies(cookie)).rejects.toBe(fault);
      await app.anyone().get(`${API}/auth/session`).set('Cookie', cookie).expect(503);
    } finally {
      lookUps.mockRestore();
    }
  });

  it('is seen by it', async () => {
    await signUp(app, { email: 'seen@example.org' });
    const here = await loggedIn('seen@example.org');
    const longAgo = Date.now() - 3600_000;
    await setColumn('last_seen_at', here, longAgo);
    await app.get(Viewers).ofCookies(here.cookie);
    const browser = await logIn(app, 'seen@example.org');
    const seen = async () => {
      const { body } = await browser.get(`${API}/auth/sessions`).expect(200);
      const own = body.items.find(({ id }: { id: string }) => id === here.viewer.sessionId);
      return Date.parse(own.lastSeenAt);
    };
    await until('the session was seen', async () => (await seen()) > longAgo);
  });
});
