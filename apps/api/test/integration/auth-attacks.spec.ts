import bcrypt from 'bcrypt';
import { AuthMailer } from '../../src/modules/auth/auth.mailer.js';
import { Passwords } from '../../src/modules/auth/passwords.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { faultAt } from '../support/faults.js';
import { logIn, PASSWORD, registration, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

type Browser = Awaited<ReturnType<typeof signUp>>;

const NEW = 'nine red umbrellas';
const THIEF = 'ten stolen teaspoons';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: object, browser: Browser = app.browser()) =>
  browser.post(`${API}/auth/${path}`).send(body);
const login = (email: string, password: string, browser?: Browser) =>
  post('login', { email, password }, browser);
const session = async (browser: Browser) => (await browser.get(`${API}/auth/session`)).status;
const change = (browser: Browser, currentPassword: string, newPassword: string) =>
  browser.put(`${API}/auth/password`).send({ currentPassword, newPassword });
const verify = (token: string, browser?: Browser, password?: string) =>
  post('email/verify', { token, password }, browser);

const mailAbout = (email: string, subject: string) => app.mailAbout(email, subject);
const linkTo = async (email: string, subject: string) => tokenIn(await mailAbout(email, subject));
const MOVED = 'Your account moved to another address';

async function forget(email: string): Promise<string> {
  await post('password/forgot', { email }).expect(202);
  return linkTo(email, 'Choose a new password');
}

async function askToMove(browser: Browser, newEmail: string, password: string): Promise<string> {
  await post('email', { newEmail, password }, browser).expect(202);
  return linkTo(newEmail, 'Confirm your new email address');
}

const passwords = Passwords.prototype as unknown as Record<
  'matches' | 'hash',
  (...values: unknown[]) => Promise<unknown>
>;
const { matches, hash } = passwords;
afterEach(() => Object.assign(passwords, { matches, hash }));

/** Holds requests after their password was compared or hashed, until it is opened. */
function gate(method: 'matches' | 'hash') {
  const original = passwords[method];
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let waiting = 0;
  passwords[method] = async function (...values) {
    const result = await original.apply(this, values);
    waiting++;
    await opened;
    return result;
  };
  return {
    /** Requests after these pass freely. */
    async closedAfter(count: number) {
      while (waiting < count) await new Promise((resolve) => setTimeout(resolve, 5));
      passwords[method] = original;
    },
    open,
  };
}

/** Sends it at once: supertest would wait until somebody awaits the answer. */
const sent = <Answer>(request: PromiseLike<Answer>): Promise<Answer> =>
  new Promise((resolve, reject) => void request.then(resolve, reject));

describe('what was checked before it waited', () => {
  it('is checked again: no log-in with the old password survives its change', async () => {
    const owner = await signUp(app, { email: 'race1@example.org' });
    const browsers = Array.from({ length: 10 }, () => app.browser());
    const held = gate('matches');
    const logins = browsers.map((browser) => sent(login('race1@example.org', PASSWORD, browser)));
    await held.closedAfter(10);
    await change(owner, PASSWORD, NEW).expect(204);
    held.open();
    const statuses = (await Promise.all(logins)).map(({ status }) => status);
    expect(statuses).toEqual(Array(10).fill(401));
    expect(await Promise.all(browsers.map(session))).toEqual(Array(10).fill(401));
    expect(await session(owner)).toBe(200);
  });

  it('holds in a crowd: log-ins and a change, all at once', async () => {
    const owner = await signUp(app, { email: 'crowd@example.org' });
    const browsers = Array.from({ length: 30 }, () => app.browser());
    const changed = sent(change(owner, PASSWORD, NEW));
    await Promise.all(
      browsers.map((browser) => sent(login('crowd@example.org', PASSWORD, browser))),
    );
    expect((await changed).status).toBe(204);
    expect(await Promise.all(browsers.map(session))).toEqual(Array(30).fill(401));
  });

  it('a session that was ended meanwhile changes nothing', async () => {
    const owner = await signUp(app, { email: 'race2@example.org' });
    const thief = await logIn(app, 'race2@example.org');
    const held = gate('matches');
    const stolen = [
      sent(change(thief, PASSWORD, THIEF)),
      sent(post('email', { newEmail: 'race2.thief@example.org', password: PASSWORD }, thief)),
    ];
    await held.closedAfter(2);
    await owner.delete(`${API}/auth/sessions`).expect(204);
    held.open();
    expect((await Promise.all(stolen)).map(({ status }) => status)).toEqual([401, 401]);
    await login('race2@example.org', PASSWORD).expect(200);
    expect(await app.mails('race2.thief@example.org')).toEqual([]);
  });

  it('who logs out while the own password is being changed stays logged out', async () => {
    const browser = await signUp(app, { email: 'race3@example.org' });
    const held = gate('hash');
    const changed = sent(change(browser, PASSWORD, NEW));
    await held.closedAfter(1);
    await post('logout', {}, browser).expect(204);
    held.open();
    expect((await changed).status).toBe(401);
    expect(await session(browser)).toBe(401);
    const rows = await app.get(Database).many(sql`
      SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = 'race3@example.org'`);
    expect(rows).toEqual([]);
  });

  it('of two changes with the same password one holds', async () => {
    const browser = await signUp(app, { email: 'race4@example.org' });
    const held = gate('matches');
    const changes = [NEW, THIEF].map((password) => sent(change(browser, PASSWORD, password)));
    await held.closedAfter(2);
    held.open();
    const statuses = (await Promise.all(changes)).map(({ status }) => status).sort();
    expect(statuses[0]).toBe(204);
    expect([400, 401]).toContain(statuses[1]);
  });

  it('an address that is registered and moved to at once goes to one of them', async () => {
    const mover = await signUp(app, { email: 'race5@example.org' });
    await post('register', registration({ email: 'wanted@example.org' })).expect(202);
    const registered = await linkTo('wanted@example.org', 'Confirm your email address');
    const moving = await askToMove(mover, 'wanted@example.org', PASSWORD);
    const outcomes = await Promise.all([
      sent(verify(registered, app.browser(), NEW)),
      sent(verify(moving)),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 410]);
  });
});

describe('a change of credentials', () => {
  const voided: [string, (owner: Browser, email: string) => Promise<unknown>][] = [
    ['a change of password', (owner) => change(owner, PASSWORD, NEW).expect(204)],
    [
      'a reset',
      async (_, email) =>
        post('password/reset', { token: await forget(email), newPassword: NEW }).expect(204),
    ],
    [
      'a change of address',
      async (owner, email) => verify(await askToMove(owner, `new.${email}`, PASSWORD)).expect(200),
    ],
  ];
  it.each(voided)('voids every open link and session: %s', async (what, happens) => {
    const email = `void${voided.findIndex(([name]) => name === what)}@example.org`;
    const owner = await signUp(app, { email });
    const thief = await logIn(app, email);
    const stolenMove = await askToMove(thief, `thief.${email}`, PASSWORD);
    const stolenReset = await forget(email);
    await happens(owner, email);
    expect(await session(thief)).toBe(401);
    await verify(stolenMove).expect(410);
    await post('password/reset', { token: stolenReset, newPassword: THIEF }).expect(410);
    await login(`thief.${email}`, PASSWORD).expect(401);
  });

  it('stops mails that still wait to be made', async () => {
    const owner = await signUp(app, { email: 'queued@example.org' });
    const { body } = await owner.get(`${API}/users/me`).expect(200);
    await change(owner, PASSWORD, NEW).expect(204);
    const mailer = app.get(AuthMailer);
    await app.get(Database).transaction(async (transaction) => {
      await mailer.passwordForgotten(transaction, 'queued@example.org', 1);
      await mailer.emailChangeAsked(transaction, {
        userId: body.id,
        newEmail: 'queued.thief@example.org',
        credentialsVersion: 1,
      });
    });
    await forget('queued@example.org');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const mails = await app.mails('queued@example.org');
    expect(mails.filter(({ subject }) => subject === 'Choose a new password')).toHaveLength(1);
    expect(await app.mails('queued.thief@example.org')).toEqual([]);
  });
});

describe('an account that was moved away', () => {
  it('is brought back by the link in the old mailbox, whatever the thief has changed since', async () => {
    const owner = await signUp(app, { email: 'a@example.org' });
    const thief = await logIn(app, 'a@example.org');
    const asked = askToMove(thief, 'b@thief.example', PASSWORD);
    await mailAbout('a@example.org', 'Your account is about to move to another address');
    await verify(await asked, thief).expect(200);
    expect(await session(owner)).toBe(401);
    expect(await session(thief)).toBe(200);
    const ownersLink = await linkTo('a@example.org', MOVED);
    await change(thief, PASSWORD, THIEF).expect(204);
    await verify(await askToMove(thief, 'c@thief.example', THIEF), thief).expect(200);
    const thiefsLink = await linkTo('b@thief.example', MOVED);

    const { body } = await post('email/return', { token: ownersLink, newPassword: NEW }).expect(
      200,
    );
    expect(body).toEqual({ email: 'a@example.org' });
    expect(await session(thief)).toBe(401);
    await login('c@thief.example', THIEF).expect(401);
    await login('a@example.org', NEW).expect(200);
    await post('email/return', { token: thiefsLink, newPassword: THIEF }).expect(410);
    await post('email/return', { token: ownersLink, newPassword: THIEF }).expect(410);
  });

  it('is not lost when the thief goes back one step', async () => {
    await signUp(app, { email: 'aa@example.org' });
    const thief = await logIn(app, 'aa@example.org');
    await verify(await askToMove(thief, 'bb@thief.example', PASSWORD), thief).expect(200);
    const ownersLink = await linkTo('aa@example.org', MOVED);
    await verify(await askToMove(thief, 'cc@thief.example', PASSWORD), thief).expect(200);
    const token = await linkTo('bb@thief.example', MOVED);
    await post('email/return', { token, newPassword: THIEF }).expect(200);
    await login('bb@thief.example', THIEF).expect(200);
    await post('email/return', { token: ownersLink, newPassword: NEW }).expect(200);
    await login('aa@example.org', NEW).expect(200);
  });

  it('keeps its old address meanwhile: nobody registers it or moves to it, and the mail says why', async () => {
    const owner = await signUp(app, { email: 'kept@example.org' });
    const other = await signUp(app, { email: 'neighbour@example.org' });
    await post('register', registration({ email: 'kept@example.org' })).expect(202);
    const early = await mailAbout('kept@example.org', 'You already have an account');
    expect(early.text).not.toContain('token=');
    await verify(await askToMove(owner, 'kept.new@example.org', PASSWORD)).expect(200);
    const link = await linkTo('kept@example.org', MOVED);
    await post('register', registration({ email: 'kept@example.org' })).expect(202);
    const subject = 'An account was just moved away from this address';
    const mail = await mailAbout('kept@example.org', subject);
    expect(mail.text).toMatch(/\d{1,2} \w+ \d{4}/);
    await post('email', { newEmail: 'kept@example.org', password: PASSWORD }, other).expect(202);
    await post('password/forgot', { email: 'kept@example.org' }).expect(202);
    const told = async () =>
      (await app.mails('kept@example.org')).filter((one) => one.subject === subject).length;
    await until('all three were told why', async () => (await told()) >= 3);
    expect(await told()).toBe(3);
    await verify(tokenIn(mail)).expect(410);
    // Any of the links moves it back, once.
    await post('email/return', { token: tokenIn(mail), newPassword: NEW }).expect(200);
    await post('email/return', { token: link, newPassword: NEW }).expect(410);
  });

  it('is gone for good after a week', async () => {
    const owner = await signUp(app, { email: 'week@example.org' });
    await verify(await askToMove(owner, 'week.new@example.org', PASSWORD)).expect(200);
    const token = await linkTo('week@example.org', MOVED);
    const past = new Date(Date.now() - 1000).toISOString();
    const [row] = await app.get(Database).many<{ expiresAt: string }>(sql`
      SELECT expires_at AS "expiresAt" FROM email_tokens WHERE email = 'week@example.org'`);
    const days = (Date.parse(row!.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(
          sql`UPDATE email_tokens SET expires_at = ${past} WHERE email = 'week@example.org'`,
        ),
      );
    await post('email/return', { token, newPassword: NEW }).expect(410);
    const newcomer = app.browser();
    await post('register', registration({ email: 'week@example.org' }), newcomer).expect(202);
    await app.mail('week@example.org', 4);
    await verify(await linkTo('week@example.org', 'Confirm your email address'), newcomer).expect(
      200,
    );
  });
});

describe('an address that a stranger registered first', () => {
  it('belongs to whoever opens the link, with the password chosen there', async () => {
    const email = 'victim@example.org';
    const [attacker, victim] = [app.browser(), app.browser()];
    await post('register', registration({ email, password: THIEF }), attacker).expect(202);
    const planted = await linkTo(email, 'Confirm your email address');
    await post('register', registration({ email }), victim).expect(202);
    await app.mail(email, 2);
    const own = await linkTo(email, 'Confirm your email address');

    const asked = await verify(planted, victim).expect(400);
    expect(asked.body.type).toBe('urn:echomate:problem:password-needed');
    expect(asked.body.errors).toEqual([faultAt('password', 'required')]);
    await verify(planted, victim, 'password1').expect(400);
    await verify(planted, victim, 'seven green bicycles too').expect(200);
    expect(await session(victim)).toBe(200);
    await login(email, THIEF).expect(401);
    await login(email, 'seven green bicycles too').expect(200);
    // The other registration ended with it.
    await verify(own, victim).expect(410);
  });

  it('needs nothing more in the browser that registered, even after another registration there', async () => {
    const browser = app.browser();
    const first = await post('register', registration({ email: 'here1@example.org' }), browser);
    const [cookie] = first.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^echomate_registration=.*HttpOnly.*SameSite=Lax/);
    await post('register', registration({ email: 'here2@example.org' }), browser).expect(202);
    for (const email of ['here1@example.org', 'here2@example.org']) {
      await verify(await linkTo(email, 'Confirm your email address'), browser).expect(200);
      await login(email, PASSWORD).expect(200);
    }
  });
});

describe('mails', () => {
  it('hold nothing that anybody typed', async () => {
    const email = 'typed@example.org';
    const typed = { firstName: 'Typedfirst', lastName: 'Typedlast', nickname: 'typednick' };
    const owner = await signUp(app, { email, ...typed });
    await post('register', registration({ email, ...typed })).expect(202);
    await mailAbout(email, 'You already have an account');
    await forget(email);
    await verify(await askToMove(owner, 'typed.new@example.org', PASSWORD), owner).expect(200);
    await change(owner, PASSWORD, NEW).expect(204);
    await mailAbout('typed.new@example.org', 'Your password was changed');
    const token = await linkTo(email, MOVED);
    await post('email/return', { token, newPassword: NEW }).expect(200);
    await mailAbout('typed.new@example.org', 'Your account moved back to its old address');
    await mailAbout(email, 'Your account is back at this address');
    const mails = [...(await app.mails(email)), ...(await app.mails('typed.new@example.org'))];
    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(9);
    for (const { text } of mails) expect(text).not.toMatch(/typed/i);
  });
});

describe('kept passwords', () => {
  const hashOf = async (email: string) =>
    (await app
      .get(Database)
      .one<{ hash: string }>(sql`SELECT password_hash AS hash FROM users WHERE email = ${email}`))!
      .hash;

  it('of before still work, and are kept in the newer way from then on', async () => {
    const email = 'older@example.org';
    await signUp(app, { email });
    const older = await bcrypt.hash(PASSWORD, 4);
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE users SET password_hash = ${older} WHERE email = ${email}`),
      );
    await login(email, 'not the password').expect(401);
    expect(await hashOf(email)).toBe(older);
    const browser = await logIn(app, email);
    expect(await hashOf(email)).toMatch(/^sha384:\$2/);
    expect(await session(browser)).toBe(200);
    await logIn(app, email);
  });
});

describe('a session', () => {
  it('ends a year after log-in, however much it is used', async () => {
    await signUp(app, { email: 'year@example.org' });
    const browser = app.browser();
    const answer = await login('year@example.org', PASSWORD, browser).expect(200);
    const cookie = (answer.headers['set-cookie'] as unknown as string[]).find((one) =>
      one.startsWith('echomate_session='),
    )!;
    const expires = Date.parse(/Expires=([^;]+)/.exec(cookie)![1]!);
    const year = 365 * 86_400_000;
    expect(expires - Date.now()).toBeLessThanOrEqual(year);
    const id = answer.body.sessionId as string;
    const database = app.get(Database);
    const longAgo = new Date(Date.now() - 3600_000).toISOString();
    await database.transaction((transaction) =>
      transaction.run(sql`UPDATE sessions SET last_seen_at = ${longAgo} WHERE id = ${id}`),
    );
    expect(await session(browser)).toBe(200);
    const row = () =>
      database.one<{ seen: string; ends: string }>(
        sql`SELECT last_seen_at AS seen, expires_at AS ends FROM sessions WHERE id = ${id}`,
      );
    await until('the session was seen', async () => (await row())!.seen !== longAgo);
    const { seen, ends } = (await row())!;
    expect(seen > longAgo).toBe(true);
    expect(Date.parse(ends) - Date.now()).toBeLessThanOrEqual(year);
    expect(Date.parse(ends) - Date.now()).toBeGreaterThan(year - 3600_000);
  });
});
