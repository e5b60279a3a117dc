import { readFileSync } from 'node:fs';
import type { LoggerService } from '@nestjs/common';
import { SECURITY_EVENTS } from '../../src/modules/auth/security-log.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';

type Line = { event: string; account?: string; address?: string; level: string };

let app: TestApp;
const lines: Line[] = [];
const keep = (level: string) => (first: unknown) => {
  if (typeof first === 'object' && first !== null && 'event' in first)
    lines.push({ ...(first as Line), level });
};
beforeAll(async () => {
  app = await startTestApp({ RATE_LIMITS: 'on' });
  const logger: LoggerService = { log: keep('info'), warn: keep('warn'), error: keep('error') };
  app.app.useLogger(logger);
});
afterAll(() => app.close());

const NEW = 'nine red umbrellas';
const post = (path: string, body: object, browser = app.browser()) =>
  browser.post(`${API}/auth/${path}`).send(body);

it('has a line for every event about credentials and sessions, and no secret in any', async () => {
  const email = 'logged@example.org';
  const owner = await signUp(app, { email });
  const { body } = await owner.get(`${API}/users/me`).expect(200);
  const account = body.id as string;
  const since = (work: () => PromiseLike<unknown>) => async (event: string, more: object) => {
    const before = lines.length;
    await work();
    expect(lines.slice(before)).toContainEqual({
      event,
      address: expect.stringMatching(/^(::1|127\.0\.0\.1|::ffff:127\.0\.0\.1)$/),
      ...more,
    });
  };
  const info = { account, level: 'info' };
  const warn = { account, level: 'warn' };
  expect(lines[0]).toMatchObject({ event: 'auth.account-opened', ...info });

  const login = (password: string, to = email) => post('login', { email: to, password });
  await since(() => login(PASSWORD))('auth.login', info);
  await since(() => login('wrong password'))('auth.login-failed', warn);
  await since(() => login('wrong password', 'nobodys@example.org'))('auth.login-failed', {
    level: 'warn',
  });
  const change = (currentPassword: string, newPassword: string) =>
    owner.put(`${API}/auth/password`).send({ currentPassword, newPassword });
  await since(() => change('wrong password', NEW))('auth.password-wrong', warn);
  await since(() => change(PASSWORD, NEW).expect(204))('auth.password-changed', info);
  const there = await logIn(app, email, NEW);
  const { body: other } = await there.get(`${API}/auth/session`).expect(200);
  await since(() => owner.delete(`${API}/auth/sessions/${other.sessionId}`).expect(204))(
    'auth.session-ended',
    info,
  );
  await since(() => owner.delete(`${API}/auth/sessions`).expect(204))('auth.sessions-ended', info);
  await since(() => post('password/forgot', { email }))('auth.password-forgotten', info);
  const reset = tokenIn(await app.mail(email, 3));
  await since(() => post('password/reset', { token: reset, newPassword: PASSWORD }).expect(204))(
    'auth.password-reset',
    warn,
  );
  await since(() => post('password/reset', { token: reset, newPassword: NEW }).expect(410))(
    'auth.link-refused',
    { level: 'warn', purpose: 'password-reset' },
  );
  const again = await logIn(app, email, PASSWORD);
  const newEmail = 'moved@example.org';
  await since(() => post('email', { newEmail, password: PASSWORD }, again).expect(202))(
    'auth.email-change-asked',
    info,
  );
  const moving = tokenIn(await app.mail(newEmail));
  await since(() => post('email/verify', { token: moving }).expect(200))(
    'auth.email-changed',
    warn,
  );
  const back = tokenIn(await app.mailAbout(email, 'Your account moved to another address'));
  await since(() => post('email/return', { token: back, newPassword: NEW }).expect(200))(
    'auth.email-returned',
    warn,
  );
  for (let tries = 0; tries < 20; tries++) await login('wrong password');
  await since(() => login(NEW).expect(429))('auth.login-limited', warn);
  const last = await post('login', { email, password: NEW }, owner).expect(200);
  expect(last.body.user.id).toBe(account);
  await since(() => post('logout', {}, owner).expect(204))('auth.session-ended', info);
  await app
    .get(Database)
    .transaction((transaction) =>
      app.get(AccountStatesService).hide(transaction, account, 'suspended'),
    );
  await since(() => post('login', { email, password: NEW }, owner).expect(403))(
    'auth.login-refused',
    warn,
  );

  const text = JSON.stringify(lines);
  for (const secret of [PASSWORD, NEW, 'wrong password', reset, moving, back, 'nobodys'])
    expect(text).not.toContain(secret);
  expect(new Set(lines.map(({ event }) => event))).toEqual(new Set(Object.keys(SECURITY_EVENTS)));
});

it('is listed in the operator’s documentation', () => {
  const docs = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
  const listed = [...docs.matchAll(/^\| `(auth\.[\w-]+)` +\| (info|warn) /gm)].map((row) => [
    row[1],
    row[2],
  ]);
  expect(listed).toEqual(
    Object.entries(SECURITY_EVENTS).map(([event, { level }]) => [
      event,
      level === 'log' ? 'info' : level,
    ]),
  );
});
