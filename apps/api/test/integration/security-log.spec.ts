import { readFileSync } from 'node:fs';
import type { LoggerService } from '@nestjs/common';
import { SECURITY_EVENTS } from '../../src/modules/auth/security-log.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { fakeGithub } from '../support/fake-github.js';
import { begin, connect, finish, OUTSIDE } from '../support/outside.js';
import { logIn, PASSWORD, registration, signUp } from '../support/people.js';
import {
  codeOf,
  halfWay,
  questionOf,
  step,
  withApp,
  withPasskey,
} from '../support/second-factors.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

type Line = { event: string; account?: string; address?: string; level: string };

let app: TestApp;
let github: Awaited<ReturnType<typeof fakeGithub>>;
const lines: Line[] = [];
const keep = (level: string) => (first: unknown) => {
  if (typeof first === 'object' && first !== null && 'event' in first)
    lines.push({ ...(first as Line), level });
};
beforeAll(async () => {
  github = await fakeGithub();
  app = await startTestApp({ RATE_LIMITS: 'on', ...github.settings });
  const logger: LoggerService = { log: keep('info'), warn: keep('warn'), error: keep('error') };
  app.app.useLogger(logger);
});
afterAll(async () => {
  await app.close();
  await github.close();
});

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
  const reset = tokenIn(await app.mailAbout(email, 'Choose a new password'));
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

  const admin = await logIn(app, email, NEW);
  const invite = () => admin.post(`${API}/admin/invitations`).send({ maxUses: 1, days: 1 });
  const any = expect.any(String);
  await since(() => invite().expect(201))('auth.invitation-made', { ...info, invitation: any });
  const { body: invitation } = await invite().expect(201);
  await since(() => admin.delete(`${API}/admin/invitations/${invitation.id}`).expect(204))(
    'auth.invitation-revoked',
    { ...info, invitation: invitation.id },
  );
  const keeper = await signUp(app, { email: 'keeper@example.org' });
  const { body: kept } = await keeper.get(`${API}/users/me`).expect(200);
  const role = { role: 'admin', password: NEW };
  await since(() => admin.put(`${API}/admin/people/${kept.id}/role`).send(role).expect(204))(
    'auth.role-changed',
    { account: kept.id, level: 'warn', role: 'admin', admin: account },
  );
  await admin.patch(`${API}/admin/site`).send({ registration: 'approval' }).expect(200);
  const applicant = registration({ email: 'applicant@example.org', words: 'Two hives.' });
  await post('register', applicant).expect(202);
  const token = tokenIn(await app.mail('applicant@example.org'));
  await since(() => post('email/verify', { token, password: PASSWORD }).expect(200))(
    'auth.application-received',
    { level: 'info' },
  );
  const { body: waiting } = await admin.get(`${API}/admin/registrations`).expect(200);
  const path = `${API}/admin/registrations/${waiting.items[0].id}/refuse`;
  await since(() => admin.post(path).send({}).expect(204))('auth.application-refused', info);
  await admin.patch(`${API}/admin/site`).send({ registration: 'open' }).expect(200);

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

  const leaver = await signUp(app, { email: 'leaver@example.org' });
  const leaving = (await leaver.get(`${API}/users/me`).expect(200)).body.id as string;
  const ask = (path: string, browser = leaver) =>
    browser
      .post(`${API}/users/me/${path}`)
      .send({ password: PASSWORD, ...(path === 'deletion' && { groups: [] }) });
  const of = (level: string) => ({ account: leaving, level });
  await since(() => ask('export').expect(202))('auth.export-asked', of('warn'));
  await since(() => ask('deactivation').expect(204))('auth.account-deactivated', of('info'));
  const returned = await logIn(app, 'leaver@example.org');
  await since(() => ask('deletion', returned).expect(202))('auth.account-leaving', of('warn'));
  const returning = app.browser();
  await returning
    .post(`${API}/auth/login`)
    .send({ email: 'leaver@example.org', password: PASSWORD })
    .expect(403);
  await since(() => returning.post(`${API}/auth/leaving/keep`).expect(200))(
    'auth.account-kept',
    of('info'),
  );

  const careful = await signUp(app, { email: 'careful@example.org' });
  const carefuls = (await careful.get(`${API}/users/me`).expect(200)).body.id as string;
  const theirs = (level: string) => ({ account: carefuls, level });
  const { key, id } = await withPasskey(app, careful);
  expect(lines.at(-1)).toMatchObject({ event: 'auth.passkey-added', ...theirs('warn') });
  const { secret: appSecret, codes } = await withApp(careful);
  expect(lines.at(-1)).toMatchObject({ event: 'auth.two-step-on', ...theirs('info') });
  const waits = await halfWay(app, 'careful@example.org');
  const [code] = codes as [string];
  await since(() => step(waits, { code: '000000' }).expect(400))(
    'auth.second-factor-failed',
    theirs('warn'),
  );
  await since(() => step(waits, { code }).expect(200))('auth.recovery-code-used', theirs('warn'));
  const question = await questionOf(waits, 'passkeys/challenge');
  const elsewhere = key.answer(question, { origin: 'https://evil.example' });
  await since(() => post('passkeys/log-in', elsewhere, waits).expect(401))(
    'auth.passkey-refused',
    theirs('warn'),
  );
  const password = PASSWORD;
  await since(() => post('two-step/recovery-codes', { password }, careful).expect(200))(
    'auth.recovery-codes-made',
    theirs('info'),
  );
  const guesses = await halfWay(app, 'careful@example.org');
  for (let tries = 0; tries < 10; tries++) await step(guesses, { code: '000000' });
  await since(() => step(guesses, { code: codeOf(appSecret, 1) }).expect(429))(
    'auth.second-factor-limited',
    theirs('warn'),
  );
  await since(() => post('two-step/off', { password }, careful).expect(204))(
    'auth.two-step-off',
    theirs('warn'),
  );
  await since(() => post(`passkeys/${id}/removal`, { password }, careful).expect(204))(
    'auth.passkey-removed',
    theirs('info'),
  );
  await app
    .get(Database)
    .transaction((transaction) =>
      app.get(Jobs).enqueue(transaction, 'second-factors.reset', { userId: carefuls }),
    );
  await until('the second factors are gone', async () =>
    lines.find(({ event }) => event === 'auth.second-factors-reset'),
  );
  const program = { account: leaving, program: any };
  const credentials = { email: 'leaver@example.org', password: PASSWORD };
  const making = { name: 'A', scopes: ['read'], days: 1, password: PASSWORD };
  const tokens = `${API}/auth/tokens`;
  const make = () => returning.post(tokens).send(making).expect(201);
  await since(make)('auth.token-made', { ...program, level: 'info' });
  const { body: made } = await make();
  await since(() => returning.delete(`${tokens}/${made.id}`).expect(204))('auth.program-ended', {
    ...program,
    level: 'info',
  });
  await since(() => post('token', credentials).expect(200))('auth.program-login', {
    ...program,
    level: 'info',
  });
  const { refreshToken } = (await post('token', credentials).expect(200)).body;
  const refresh = () => post('token/refresh', { refreshToken });
  const { body: second } = await refresh().expect(200);
  await since(() => refresh().expect(401))('auth.refresh-reused', { ...program, level: 'warn' });
  const hub = await signUp(app, { email: 'hub@example.org' });
  const hubs = (await hub.get(`${API}/users/me`).expect(200)).body.id as string;
  const person = { id: 42, name: null, emails: [] };
  const agreed = github.agree(await begin(hub, { connects: true }, 'github'), person);
  const issuer = github.settings.GITHUB_URL;
  await since(() => finish(app.browser(), agreed, 'github').expect(410))('auth.outside-refused', {
    level: 'warn',
    provider: 'github',
    reason: 'not-begun',
  });
  await finish(hub, agreed, 'github').expect(200);
  await since(() => connect(hub, PASSWORD).expect(200))('auth.outside-connected', {
    account: hubs,
    level: 'warn',
    issuer,
  });
  const { body: logins } = await hub.get(`${OUTSIDE}/connected`).expect(200);
  const disconnect = `${OUTSIDE}/connected/${logins.items[0].id}/disconnect`;
  await since(() => hub.post(disconnect).send({ password: PASSWORD }).expect(204))(
    'auth.outside-disconnected',
    { account: hubs, level: 'info', issuer },
  );

  const text = JSON.stringify(lines);
  for (const secret of [
    ...[PASSWORD, NEW, 'wrong password', reset, moving, back, 'nobodys'],
    ...[invitation.token, 'applicant@', appSecret, code],
    ...[invitation.token, 'applicant@', made.token, refreshToken, second.accessToken],
  ])
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
