import { logIn, PASSWORD, signUp } from '../support/people.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';

const PROXY_SECRET = 'a secret between web and api';
type Browser = Awaited<ReturnType<typeof signUp>>;

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ RATE_LIMITS: 'on', PROXY_SECRET });
});
afterEach(() => app.close());

/** Forwarded by the web server on behalf of an address. */
const post = (from: string, path: string, body: object, browser: Browser = app.browser()) =>
  browser
    .post(`${API}/auth/${path}`)
    .set({ 'X-Forwarded-For': from, 'X-Echomate-Proxy': PROXY_SECRET })
    .send(body);
const login = (from: string, email: string, password: string, browser?: Browser) =>
  post(from, 'login', { email, password }, browser);
const forgot = (from: string, email: string, browser?: Browser) =>
  post(from, 'password/forgot', { email }, browser);

const NEW = 'nine red umbrellas';
const HOME = '203.0.113.1';
const STRANGER = '198.51.100.7';

async function statusesOf(count: number, attempt: () => PromiseLike<{ status: number }>) {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push((await attempt()).status);
  return statuses;
}

it('strangers who guess lock out nobody but themselves', async () => {
  const owner = await signUp(app, { email: 'ada@example.org' });
  const guess = () => login(STRANGER, 'ada@example.org', 'a wrong guess');
  expect(await statusesOf(22, guess)).toEqual([...Array(20).fill(401), 429, 429]);
  // An address without an account is counted the same way.
  const nobody = () => login(STRANGER, 'nobody@example.org', 'a wrong guess');
  expect(await statusesOf(22, nobody)).toEqual([...Array(20).fill(401), 429, 429]);
  await login(HOME, 'ada@example.org', PASSWORD).expect(200);
  // A browser that has logged in before passes even on the strangers' network, signed in or not.
  await login(STRANGER, 'ada@example.org', PASSWORD, owner).expect(200);
  await post(STRANGER, 'logout', {}, owner).expect(204);
  await login(STRANGER, 'ada@example.org', PASSWORD, owner).expect(200);
});

it('guessing from many networks is limited too, but not browsers that have logged in before', async () => {
  const owner = await signUp(app, { email: 'ada@example.org' });
  for (let network = 1; network <= 5; network++)
    await statusesOf(20, () => login(`198.51.100.${network}`, 'ada@example.org', 'wrong'));
  await login(HOME, 'ada@example.org', PASSWORD).expect(429);
  await login(HOME, 'ada@example.org', PASSWORD, owner).expect(200);
  // The browser is known for that account only, and has a counter of its own.
  await signUp(app, { email: 'bruno@example.org' });
  const guess = () => login(STRANGER, 'bruno@example.org', 'wrong', owner);
  expect(await statusesOf(21, guess)).toEqual([...Array(20).fill(401), 429]);
  const own = () => login(STRANGER, 'ada@example.org', 'wrong', owner);
  expect((await statusesOf(31, own)).indexOf(429)).toBe(29);
});

it('a forged or borrowed device cookie is worth nothing', async () => {
  await signUp(app, { email: 'ada@example.org' });
  const answer = await login(HOME, 'ada@example.org', PASSWORD).expect(200);
  const cookies = answer.headers['set-cookie'] as unknown as string[];
  const device = cookies.find((cookie) => cookie.startsWith('echomate_device='))!;
  expect(device).toContain('HttpOnly');
  expect(device).toContain('SameSite=Lax');
  const value = device.split(';')[0]!;
  await statusesOf(20, () => login(STRANGER, 'ada@example.org', 'wrong'));
  const withCookie = (cookie: string) =>
    login(STRANGER, 'ada@example.org', PASSWORD).set('Cookie', cookie);
  await withCookie(`${value}x`).expect(429);
  await withCookie(value.replace(/\.[^.]+\./, '.AAAAAAAAAAAAAAAA.')).expect(429);
  await withCookie('echomate_device=~.~..').expect(429);
  await withCookie(value).expect(200);
});

it('only failures count: logging in often is not refused', async () => {
  await signUp(app, { email: 'ada@example.org' });
  const statuses = await statusesOf(30, () => login(HOME, 'ada@example.org', PASSWORD));
  expect(statuses).toEqual(Array(30).fill(200));
});

it('strangers cannot use up recovery, nor fill a mailbox', async () => {
  const owner = await signUp(app, { email: 'ada@example.org' });
  const asked = await statusesOf(6, () => forgot(STRANGER, 'ada@example.org'));
  expect(asked).toEqual([...Array(5).fill(202), 429]);
  await forgot(HOME, 'ada@example.org').expect(202);
  await app.mail('ada@example.org', 7);
  for (let network = 1; network <= 6; network++)
    expect(
      await statusesOf(5, () => forgot(`203.0.113.${100 + network}`, 'ada@example.org')),
    ).toEqual(Array(5).fill(202));
  // The mail that opened the account counts as well.
  await app.mail('ada@example.org', 20);
  await forgot(HOME, 'ada@example.org', owner).expect(202);
  await app.mail('ada@example.org', 21);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await app.mails('ada@example.org')).toHaveLength(21);
});

it('a thief with one session uses up no tries of the others', async () => {
  const owner = await signUp(app, { email: 'ada@example.org' });
  const thief = await logIn(app, 'ada@example.org');
  const change = (browser: Browser, currentPassword: string) =>
    browser.put(`${API}/auth/password`).send({ currentPassword, newPassword: NEW });
  const statuses = await statusesOf(21, () => change(thief, 'a wrong guess'));
  expect(statuses).toEqual([...Array(20).fill(400), 429]);
  await change(owner, PASSWORD).expect(204);
});

it('a thief with one session has as many tries at all routes together as at one', async () => {
  const owner = await signUp(app, { email: 'ada@example.org' });
  const ask = {
    password: (password: string) =>
      owner.put(`${API}/auth/password`).send({ currentPassword: password, newPassword: NEW }),
    deactivate: (password: string) => owner.post(`${API}/users/me/deactivation`).send({ password }),
    export: (password: string) => owner.post(`${API}/users/me/export`).send({ password }),
    app: (password: string) => owner.post(`${API}/auth/two-step/app`).send({ password }),
  };
  for (const route of ['password', 'deactivate', 'export', 'app'] as const)
    expect(await statusesOf(5, () => ask[route]('a wrong guess'))).toEqual(Array(5).fill(400));
  for (const route of Object.values(ask)) {
    await route('a wrong guess').expect(429);
    await route(PASSWORD).expect(429);
  }
  const other = await logIn(app, 'ada@example.org');
  // What is right is not counted.
  for (let tries = 0; tries < 19; tries++)
    await other.post(`${API}/auth/two-step/app`).send({ password: PASSWORD }).expect(200);
  await other.post(`${API}/users/me/export`).send({ password: PASSWORD }).expect(202);
});
