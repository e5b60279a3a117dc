import {
  HISTORY_KINDS,
  type HistoryEntry,
  type HistoryKind,
} from '@echomate/contracts/history.dto';
import { AuthService } from '../../src/modules/auth/auth.service.js';
import { SECURITY_EVENTS } from '../../src/modules/auth/security-log.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { PersonalDataRegistry } from '../../src/platform/personal-data/personal-data.js';
import { PASSWORD, signUp } from '../support/people.js';
import { loginAsProgram, makeToken } from '../support/programs.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const NEW = 'nine red umbrellas';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SUBJECT = 'A new device logged in to your account';

/** Lines of the security log that are in nobody's history: what strangers can cause, and what an admin did. */
const NOT_KEPT = [
  'auth.application-received',
  'auth.application-refused',
  'auth.invitation-made',
  'auth.invitation-revoked',
  'auth.link-refused',
  'auth.login-failed',
  'auth.login-limited',
  'auth.login-refused',
  'auth.outside-refused',
  'auth.passkey-refused',
  'auth.second-factor-limited',
  'auth.password-forgotten',
  'auth.password-wrong',
];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ TRUSTED_PROXIES: 'loopback' });
});
afterAll(() => app.close());

type Browser = Awaited<ReturnType<typeof signUp>>;

let count = 0;
async function somebody() {
  const email = `history${count++}@example.org`;
  const browser = await signUp(app, { email });
  const { body } = await browser.get(`${API}/users/me`).expect(200);
  return { email, browser, id: body.id as string };
}

const history = async (browser: Browser): Promise<HistoryEntry[]> =>
  (await browser.get(`${API}/auth/history`).expect(200)).body.items;
const kinds = async (browser: Browser) => (await history(browser)).map(({ kind }) => kind);

/** Entries are written after the answer. */
const expectKinds = (browser: Browser, expected: HistoryKind[]) =>
  until(`the history is ${expected.join(', ')}`, async () => {
    const found = await kinds(browser);
    return JSON.stringify(found.toSorted()) === JSON.stringify(expected.toSorted());
  });

const logIn = (email: string, browser: Browser = app.browser(), password = PASSWORD) =>
  browser
    .post(`${API}/auth/login`)
    .set({ 'User-Agent': FIREFOX, 'X-Forwarded-For': '203.0.113.77' })
    .send({ email, password });

const mailsAbout = async (email: string) =>
  (await app.mails(email)).filter(({ subject }) => subject === SUBJECT);

describe('what happened to an account', () => {
  it('is decided for every line of the security log', () => {
    const kept = HISTORY_KINDS.filter((kind) => kind !== 'login-new-device');
    expect([...NOT_KEPT, ...kept.map((kind) => `auth.${kind}`)].sort()).toEqual(
      Object.keys(SECURITY_EVENTS).sort(),
    );
  });

  it('is told to its owner alone, newest first, with the device and the beginning of the network', async () => {
    const { email, browser } = await somebody();
    const stranger = await somebody();
    await expectKinds(browser, ['account-opened', 'login']);
    const there = app.browser();
    await logIn(email, there).expect(200);
    const [newest] = await history(browser);
    expect(newest).toMatchObject({
      kind: 'login-new-device',
      device: 'Firefox on Linux',
      network: '203.0.113.x',
    });
    expect(JSON.stringify(await history(browser))).not.toContain('203.0.113.77');
    await expectKinds(stranger.browser, ['account-opened', 'login']);
    await app.anyone().get(`${API}/auth/history`).expect(401);
  });

  it('has pages', async () => {
    const { browser, email } = await somebody();
    for (let times = 0; times < 3; times++) await logIn(email, browser).expect(200);
    await expectKinds(browser, ['account-opened', 'login', 'login', 'login', 'login']);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const path = `${API}/auth/history?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await browser.get(path).expect(200);
      seen.push(...body.items.map(({ id }: HistoryEntry) => id));
      if (!body.nextCursor) break;
      cursor = body.nextCursor as string;
    }
    expect(seen).toEqual((await history(browser)).map(({ id }) => id));
    expect(seen).toEqual(seen.toSorted().toReversed());
  });

  it('has changes, tokens and ended sessions', async () => {
    const { browser, email } = await somebody();
    const change = { currentPassword: PASSWORD, newPassword: NEW };
    await makeToken(browser);
    await loginAsProgram(app, email);
    await browser.delete(`${API}/auth/sessions`).expect(204);
    await browser.put(`${API}/auth/password`).send(change).expect(204);
    await browser
      .post(`${API}/auth/email`)
      .send({ newEmail: `new-${email}`, password: NEW })
      .expect(202);
    await expectKinds(browser, [
      ...(['account-opened', 'login', 'token-made', 'program-login'] as const),
      ...(['sessions-ended', 'password-changed', 'email-change-asked'] as const),
    ]);
  });

  it('says nothing of what strangers tried', async () => {
    const { browser, email } = await somebody();
    await logIn(email, app.browser(), 'not the password').expect(401);
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    await app.mailAbout(email, 'Choose a new password');
    await expectKinds(browser, ['account-opened', 'login']);
  });

  it('keeps the device of an admin out of it', async () => {
    const admin = await somebody();
    const { browser, id } = await somebody();
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE users SET role = 'admin' WHERE id = ${admin.id}`),
      );
    await admin.browser
      .put(`${API}/admin/people/${id}/role`)
      .send({ role: 'moderator', password: PASSWORD })
      .expect(204);
    await expectKinds(browser, ['account-opened', 'login', 'role-changed']);
    expect((await history(browser)).find(({ kind }) => kind === 'role-changed')).toMatchObject({
      device: null,
      network: null,
    });
  });

  it('is forgotten after a year, and is in an export', async () => {
    const { browser, id } = await somebody();
    await expectKinds(browser, ['account-opened', 'login']);
    const [newest, oldest] = await history(browser);
    const age = (entry: HistoryEntry, days: number) =>
      app.get(Database).transaction((transaction) => {
        const at = new Date(Date.now() - days * 24 * 3600_000).toISOString();
        return transaction.run(sql`UPDATE account_history SET at = ${at} WHERE id = ${entry.id}`);
      });
    await age(newest!, 364);
    await age(oldest!, 366);
    await (app.get(AuthService) as unknown as { cleanUp(): Promise<void> }).cleanUp();
    expect((await history(browser)).map((entry) => entry.id)).toEqual([newest!.id]);
    const exported: object[] = [];
    for await (const { table, item } of app.get(PersonalDataRegistry).export(id))
      if (table === 'account_history') exported.push(item);
    expect(exported).toMatchObject([{ id: newest!.id, kind: newest!.kind }]);
  });
});

describe('a log-in from a new device', () => {
  it('is mailed, with what to do if it was somebody else', async () => {
    const { email } = await somebody();
    await logIn(email).expect(200);
    const mail = await app.mailAbout(email, SUBJECT);
    expect(mail.text).toContain('with Firefox on Linux');
    expect(mail.text).toContain('/forgot-password');
    expect(mail.text).toContain('/settings/history');
    expect(await mailsAbout(email)).toHaveLength(1);
  });

  it('is mailed once for a device, not for the first one, and not for one that was in before', async () => {
    const { email, browser } = await somebody();
    const there = app.browser();
    await logIn(email, browser).expect(200);
    await logIn(email, there).expect(200);
    await app.mailAbout(email, SUBJECT);
    await there.post(`${API}/auth/logout`).expect(204);
    await logIn(email, there).expect(200);
    await logIn(email, browser).expect(200);
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    // Mails are sent in turn: one of a later log-in would be here by now.
    await app.mailAbout(email, 'Choose a new password');
    expect(await mailsAbout(email)).toHaveLength(1);
  });

  it('is not mailed when the password was wrong', async () => {
    const { email } = await somebody();
    await logIn(email, app.browser(), 'not the password').expect(401);
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    await app.mailAbout(email, 'Choose a new password');
    expect(await mailsAbout(email)).toEqual([]);
  });

  it('carries nothing that whoever logs in has written', async () => {
    const { email, browser } = await somebody();
    await logIn(email).set('User-Agent', 'https://evil.example/win').expect(200);
    const { text } = await app.mailAbout(email, SUBJECT);
    expect(text).not.toContain('evil');
    await logIn(email).set('User-Agent', 'Call+44-1632 (Linux)').expect(200);
    await until('both were kept', async () => (await kinds(browser)).length === 4);
    for (const mail of await mailsAbout(email)) expect(mail.text).not.toContain('44-1632');
  });

  it('fills no mailbox', async () => {
    const { email, browser } = await somebody();
    for (let times = 0; times < 13; times++) await logIn(email).expect(200);
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    await app.mailAbout(email, 'Choose a new password');
    expect(await mailsAbout(email)).toHaveLength(10);
    expect((await kinds(browser)).filter((kind) => kind === 'login-new-device')).toHaveLength(13);
  });

  it('is told of after a reset too, to the address that the account has then', async () => {
    const { email } = await somebody();
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    const token = tokenIn(await app.mailAbout(email, 'Choose a new password'));
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: NEW })
      .expect(204);
    await logIn(email, app.browser(), NEW).expect(200);
    await app.mailAbout(email, SUBJECT);
  });
});
