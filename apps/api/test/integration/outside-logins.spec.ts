import { openidProvider, type ProvidersPerson } from '@echomate/testing/openid-provider';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { fakeGithub, type GithubPerson } from '../support/fake-github.js';
import {
  begin,
  CALLBACK,
  come,
  connect,
  finish,
  FORM,
  isSignedIn,
  newcomer,
  OUTSIDE,
  providerSetting,
  register,
} from '../support/outside.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { step, withApp } from '../support/second-factors.js';
import { until } from '../support/until.js';

const people: Record<string, ProvidersPerson> = {};
let app: TestApp;
let provider: Awaited<ReturnType<typeof openidProvider>>;
let github: Awaited<ReturnType<typeof fakeGithub>>;
let admin: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  provider = await openidProvider(CALLBACK, people);
  github = await fakeGithub();
  app = await startTestApp({ ...providerSetting(provider.issuer), ...github.settings });
  admin = await signUp(app, { email: 'admin@example.org' });
});
afterAll(async () => {
  await app.close();
  await provider.close();
  await github.close();
});

let count = 0;
/** Somebody whom the provider knows. */
const known = (more: ProvidersPerson = {}) => {
  count += 1;
  const login = `person${count}`;
  const email = `${login}@example.org`;
  people[login] = {
    email,
    email_verified: true,
    given_name: 'Ada',
    family_name: 'Okafor',
    ...more,
  };
  return { login, email };
};
const session = async (browser: ReturnType<TestApp['browser']>) =>
  (await browser.get(`${API}/auth/session`).expect(200)).body;
const connected = async (browser: ReturnType<TestApp['browser']>) =>
  (await browser.get(`${OUTSIDE}/connected`).expect(200)).body;

describe('the providers', () => {
  it('are told to everyone, without their secrets', async () => {
    const { body, text } = await app.anyone().get(OUTSIDE).expect(200);
    expect(body).toEqual({
      items: [
        { name: 'club', label: 'Club account' },
        { name: 'github', label: 'GitHub' },
      ],
    });
    expect(text).not.toContain('secret');
  });

  it('that are not among the settings are not there', async () => {
    await app.browser().post(`${OUTSIDE}/providers/other/begin`).send({}).expect(404);
    await finish(app.browser(), 'code=1&state=2', 'other').expect(404);
  });
});

describe('somebody new', () => {
  it('registers with what the provider says and a date of birth, and logs in with it again', async () => {
    const { login, email } = known();
    const browser = app.browser();
    const { body } = await come(browser, login, { next: '/groups' });
    expect(body).toEqual({ next: 'register', path: '/groups', isBack: false });
    expect((await browser.get(`${OUTSIDE}/unfinished`).expect(200)).body).toEqual({
      next: 'register',
      label: 'Club account',
      email,
      invitation: null,
      hasPassword: false,
      firstName: 'Ada',
      lastName: 'Okafor',
    });
    expect(await isSignedIn(browser)).toBe(false);
    const done = await register(browser, { handle: 'ada.from.club' }).expect(200);
    expect(done.body).toEqual({ next: 'home', path: '/groups', isBack: false });
    const { user } = await session(browser);
    expect(user).toMatchObject({ handle: 'ada.from.club', role: 'member' });
    expect((await browser.get(`${API}/users/me`)).body.email).toBe(email);

    const again = app.browser();
    expect((await come(again, login)).body).toEqual({ next: 'home', path: null, isBack: false });
    expect((await session(again)).user.id).toBe(user.id);
    // The form is of no use a second time.
    await register(browser).expect(410);
  });

  it.each([
    ['dateOfBirth', '2020-01-01', 'too-young'],
    ['dateOfBirth', '', 'invalid-date'],
    ['firstName', '', 'required'],
  ])('is refused as anyone who registers: %s %s', async (field, value, code) => {
    const { login } = known();
    const browser = app.browser();
    await come(browser, login);
    const { body } = await register(browser, { [field]: value }).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ field, code })]);
    await register(browser).expect(200);
  });

  it('has the email that the provider confirmed, whatever the form says', async () => {
    const { login } = known();
    const browser = app.browser();
    await come(browser, login);
    await register(browser, { email: 'other@example.org' }).expect(400);
  });

  it('is let in by whoever lets people in: rules, invitations, approval', async () => {
    const settle = (changes: object) => admin.patch(`${API}/admin/site`).send(changes).expect(200);
    const invite = await admin.post(`${API}/admin/invitations`).send({ maxUses: 1, days: 7 });
    const { token } = invite.body;
    try {
      await settle({ registration: 'invitation', rules: ['Be kind.'] });
      const browser = app.browser();
      const { body } = await come(browser, known().login, { invitation: token });
      expect(body.next).toBe('register');
      expect((await browser.get(`${OUTSIDE}/unfinished`)).body.invitation).toBe(token);
      const rude = await register(browser).expect(400);
      expect(rude.body.errors[0].code).toBe('rules-not-accepted');
      const alone = await register(browser, { acceptsRules: true }).expect(403);
      expect(alone.body.code).toBe('invitation-needed');
      await register(browser, { acceptsRules: true, invitation: token }).expect(200);
      expect(await isSignedIn(browser)).toBe(true);
      const late = app.browser();
      await come(late, known().login);
      const spent = await register(late, { acceptsRules: true, invitation: token }).expect(403);
      expect(spent.body.code).toBe('invitation-spent');

      await settle({ registration: 'approval', rules: [] });
      const { login, email } = known();
      const applicant = app.browser();
      await come(applicant, login);
      await register(applicant).expect(400);
      const waits = await register(applicant, { words: 'I keep bees.' }).expect(200);
      expect(waits.body.next).toBe('application');
      expect(await isSignedIn(applicant)).toBe(false);
      expect((await come(applicant, login)).body.code).toBe('waits-for-approval');
      const [{ id }] = (await admin.get(`${API}/admin/registrations`)).body.items;
      await admin.post(`${API}/admin/registrations/${id}/accept`).expect(204);
      expect((await come(applicant, login)).body.next).toBe('home');
      expect((await applicant.get(`${API}/users/me`)).body.email).toBe(email);
    } finally {
      await settle({ registration: 'open', rules: [] });
    }
  });

  it('who was not let in may ask again', async () => {
    const settle = (registration: string) =>
      admin.patch(`${API}/admin/site`).send({ registration }).expect(200);
    await settle('approval');
    const { login } = known();
    const browser = app.browser();
    await come(browser, login);
    await register(browser, { words: 'Please.' }).expect(200);
    const [{ id }] = (await admin.get(`${API}/admin/registrations`)).body.items;
    await admin.post(`${API}/admin/registrations/${id}/refuse`).send({}).expect(204);
    await settle('open');
    expect((await come(browser, login)).body.next).toBe('register');
  });
});

describe('an account without a password', () => {
  it('asks to choose one wherever it is needed, and fails at log-in as any wrong password', async () => {
    const { login, email } = known();
    const browser = await newcomer(app, login);
    const asked = [
      browser.put(`${API}/auth/password`).send({ currentPassword: 'x', newPassword: PASSWORD }),
      browser.post(`${API}/auth/email`).send({ newEmail: 'n@example.org', password: 'x' }),
      browser.post(`${API}/users/me/deactivation`).send({ password: 'x' }),
      browser.post(`${API}/users/me/deletion`).send({ password: 'x', groups: [] }),
      browser.post(`${API}/users/me/export`).send({ password: 'x' }),
    ];
    for (const answer of await Promise.all(asked)) {
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([expect.objectContaining({ code: 'no-password' })]);
    }
    const wrong = await app.anyone().post(`${API}/auth/login`).send({ email, password: PASSWORD });
    const nobody = await app
      .anyone()
      .post(`${API}/auth/login`)
      .send({ email: 'nobody@example.org', password: PASSWORD });
    expect([wrong.status, wrong.body.code]).toEqual([nobody.status, nobody.body.code]);

    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    const token = tokenIn(await app.mail(email));
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: PASSWORD })
      .expect(204);
    await logIn(app, email);
    expect((await come(app.browser(), login)).body.next).toBe('home');
  });

  it('keeps its last way in', async () => {
    const { login, email } = known();
    const browser = await newcomer(app, login);
    const { items, hasPassword } = await connected(browser);
    expect(hasPassword).toBe(false);
    expect(items).toEqual([expect.objectContaining({ label: 'Club account', provider: 'club' })]);
    const remove = (password: string, as = browser) =>
      as.post(`${OUTSIDE}/connected/${items[0].id}/disconnect`).send({ password });
    expect((await remove('any').expect(400)).body.errors[0].code).toBe('no-password');
    expect((await connected(browser)).items).toHaveLength(1);

    await app.anyone().post(`${API}/auth/password/forgot`).send({ email }).expect(202);
    const token = tokenIn(await app.mail(email));
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: PASSWORD })
      .expect(204);
    const back = await logIn(app, email);
    await remove(PASSWORD, admin).expect(404);
    await remove(PASSWORD, back).expect(204);
    await app.mailAbout(email, 'You can no longer log in with Club account');
    expect(await connected(back)).toEqual({ items: [], hasPassword: true });
    expect((await come(app.browser(), login)).body.next).toBe('connect');
  });
});

describe('an account that is there already', () => {
  it('is connected once its password is given, and a mail tells', async () => {
    const { login, email } = known();
    await signUp(app, { email });
    const browser = app.browser();
    expect((await come(browser, login, { next: '/people' })).body.next).toBe('connect');
    expect((await browser.get(`${OUTSIDE}/unfinished`)).body).toMatchObject({
      next: 'connect',
      email,
      hasPassword: true,
    });
    expect(await isSignedIn(browser)).toBe(false);
    const wrong = await connect(browser, 'wrong password').expect(400);
    expect(wrong.body.errors[0]).toMatchObject({ field: 'password', code: 'wrong-password' });
    const { body } = await connect(browser, PASSWORD).expect(200);
    expect(body).toEqual({ next: 'home', path: '/people', isBack: false });
    expect(await isSignedIn(browser)).toBe(true);
    await app.mailAbout(email, 'You can now log in with Club account');
    expect((await come(app.browser(), login)).body.next).toBe('home');
  });

  it('of somebody signed in is connected in settings, whatever the email', async () => {
    const { login } = known({ email_verified: false });
    const email = 'other-address@example.org';
    const browser = await signUp(app, { email });
    const { body } = await come(browser, login, { connects: true, next: '/settings/logins' });
    expect(body).toEqual({ next: 'connect', path: '/settings/logins', isBack: false });
    expect((await connect(browser, 'wrong password').expect(400)).body.errors[0].code).toBe(
      'wrong-password',
    );
    expect((await connected(browser)).items).toEqual([]);
    const done = await connect(browser, PASSWORD).expect(200);
    expect(done.body.next).toBe('settings');
    expect((await connected(browser)).items).toHaveLength(1);
    expect((await come(browser, login, { connects: true })).body.next).toBe('settings');
    const again = app.browser();
    expect((await come(again, login)).body.next).toBe('home');
    expect((await again.get(`${API}/users/me`)).body.email).toBe(email);
  });

  it('forgets its log-ins elsewhere when it is taken back from another address', async () => {
    const { login, email } = known();
    const browser = await newcomer(app, login);
    await app.anyone().post(`${API}/auth/password/forgot`).send({ email });
    const newPassword = PASSWORD;
    const reset = tokenIn(await app.mail(email));
    await app.anyone().post(`${API}/auth/password/reset`).send({ token: reset, newPassword });
    const thief = await logIn(app, email);
    const moved = `moved-${email}`;
    await thief.post(`${API}/auth/email`).send({ newEmail: moved, password: PASSWORD }).expect(202);
    const verify = tokenIn(await app.mail(moved));
    await thief.post(`${API}/auth/email/verify`).send({ token: verify }).expect(200);
    const token = tokenIn(await app.mailAbout(email, 'Your account moved to another address'));
    await app.anyone().post(`${API}/auth/email/return`).send({ token, newPassword }).expect(200);
    expect((await come(app.browser(), login)).body.next).toBe('connect');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('takes its log-ins along when it is removed', async () => {
    const { login } = known();
    const browser = await newcomer(app, login);
    const { user } = await session(browser);
    await app.get(AccountRemovalService).remove(user.id);
    await until('the account is removed', async () => {
      const row = await app.get(Database).one(sql`SELECT id FROM users WHERE id = ${user.id}`);
      return !row;
    });
    expect((await come(app.browser(), login)).body.next).toBe('register');
  });
});

describe('GitHub', () => {
  const somebody = (more: Partial<GithubPerson> = {}): GithubPerson => {
    count += 1;
    const emails = [
      { email: `old${count}@example.org`, primary: false, verified: true },
      { email: `Hub${count}@Example.org`, primary: true, verified: true },
    ];
    return { id: 1000 + count, name: 'Bruno de la Cruz', emails, ...more };
  };
  const comeFromGithub = async (browser: ReturnType<TestApp['browser']>, who: GithubPerson) =>
    finish(browser, github.agree(await begin(browser, {}, 'github'), who), 'github');

  it('logs in, with the primary address that it has confirmed', async () => {
    const who = somebody();
    const browser = app.browser();
    expect((await comeFromGithub(browser, who)).body.next).toBe('register');
    expect((await browser.get(`${OUTSIDE}/unfinished`)).body).toMatchObject({
      label: 'GitHub',
      firstName: 'Bruno',
      lastName: 'de la Cruz',
      email: `hub${count}@example.org`,
    });
    await register(browser, FORM).expect(200);
    const again = app.browser();
    expect((await comeFromGithub(again, { ...who, name: null, emails: [] })).body.next).toBe(
      'home',
    );
    expect((await session(again)).user.id).toBe((await session(browser)).user.id);
  });

  it.each([
    ['unconfirmed', [{ email: 'u@example.org', primary: true, verified: false }]],
    ['not the primary one', [{ email: 'u@example.org', primary: false, verified: true }]],
    ['no address', [{ email: 'nobody', primary: true, verified: true }]],
    ['not there', []],
  ])('lets nobody in whose address is %s', async (_, emails) => {
    const { body } = await comeFromGithub(app.browser(), somebody({ emails }));
    expect(body).toMatchObject({
      status: 403,
      code: 'outside-email-unconfirmed',
      parameters: { label: 'GitHub' },
      detail: "GitHub didn't confirm your email address. Confirm it there, then try again.",
    });
  });

  it('takes a code once, and only from the browser that began', async () => {
    const who = somebody();
    const browser = app.browser();
    const query = github.agree(await begin(browser, {}, 'github'), who);
    expect((await finish(app.browser(), query, 'github')).body.code).toBe('outside-not-begun');
    const other = app.browser();
    const [, state] = /state=([^&]+)/.exec(await begin(other, {}, 'github'))!;
    const mixed = new URLSearchParams(query);
    mixed.set('state', state!);
    expect((await finish(other, mixed, 'github')).body.code).toBe('outside-untrusted');
  });
});

describe('an account with two-step login', () => {
  it('is asked for the second step, and only then opened, or connected', async () => {
    const { login, email } = known();
    const there = await signUp(app, { email });
    const { codes } = await withApp(there);
    const browser = app.browser();
    expect((await come(browser, login)).body.next).toBe('connect');
    expect((await connect(browser, PASSWORD).expect(403)).body.code).toBe('second-factor-needed');
    expect(await isSignedIn(browser)).toBe(false);
    expect((await connected(there)).items).toEqual([]);
    await step(browser, { code: codes[0] }).expect(200);
    expect(await isSignedIn(browser)).toBe(true);
    expect((await connected(there)).items).toHaveLength(1);

    const later = app.browser();
    expect((await come(later, login)).body.code).toBe('second-factor-needed');
    expect(await isSignedIn(later)).toBe(false);
    await step(later, { code: codes[1] }).expect(200);
    expect(await isSignedIn(later)).toBe(true);
  });
});
