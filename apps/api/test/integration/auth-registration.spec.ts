import { sql } from '../../src/platform/database/statements.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { FaultCode } from '@echomate/contracts/refusals';
import { faultAt } from '../support/faults.js';
import { logIn, PASSWORD, registration, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const register = (values: Record<string, unknown>) =>
  app.anyone().post(`${API}/auth/register`).send(registration(values));
/** In another browser than the one that registered. */
const verify = (token: string, password: string | undefined = PASSWORD) =>
  app.browser().post(`${API}/auth/email/verify`).send({ token, password });
const count = async (table: 'users' | 'registrations') => {
  const { [table]: text } = {
    users: sql`SELECT count(*) AS n FROM users`,
    registrations: sql`SELECT count(*) AS n FROM registrations`,
  };
  return (await app.get(Database).one<{ n: number }>(text))!.n;
};

describe('the first account', () => {
  it('is the admin, even when several confirm at once', async () => {
    const emails = ['first@example.org', 'second@example.org', 'third@example.org'];
    await Promise.all(emails.map((email) => register({ email }).expect(202)));
    const tokens = await Promise.all(emails.map(async (email) => tokenIn(await app.mail(email))));
    await Promise.all(tokens.map((token) => verify(token).expect(200)));
    const roles = await app
      .get(Database)
      .many<{ role: string }>(sql`SELECT role FROM users ORDER BY role`);
    expect(roles.map(({ role }) => role)).toEqual(['admin', 'member', 'member']);
  });
});

describe('first steps', () => {
  it('are shown to new people until they are done with them', async () => {
    const browser = await signUp(app, { email: 'fresh@example.org' });
    const hasThem = async () =>
      (await browser.get(`${API}/auth/session`).expect(200)).body.user.hasFirstSteps;
    expect(await hasThem()).toBe(true);
    for (let twice = 0; twice < 2; twice++)
      await browser.delete(`${API}/users/me/first-steps`).expect(204);
    expect(await hasThem()).toBe(false);
  });
});

describe('registering', () => {
  it('opens an account with every field once the mailed link is used, and logs in', async () => {
    const browser = await signUp(app, {
      email: 'Bruno@Example.ORG',
      firstName: '  Bruno ',
      nickname: 'bru',
      about: 'Builds bridges.\nPaints them, too.',
      visibility: 'private',
      emailVisibility: 'me',
      dateOfBirthVisibility: 'followers',
    });
    const { body } = await browser.get(`${API}/users/me`).expect(200);
    expect(body).toMatchObject({
      email: 'bruno@example.org',
      firstName: 'Bruno',
      lastName: 'Okafor',
      dateOfBirth: '1990-12-31',
      nickname: 'bru',
      about: 'Builds bridges.\nPaints them, too.',
      visibility: 'private',
      emailVisibility: 'me',
      dateOfBirthVisibility: 'followers',
      role: 'member',
      avatar: null,
    });
    expect(JSON.stringify(body)).not.toContain('assword');
  });

  it('opens nothing before the link is used: not even the right password logs in', async () => {
    const before = await count('users');
    await register({ email: 'waiting@example.org' }).expect(202);
    await app.mail('waiting@example.org');
    expect(await count('users')).toBe(before);
    const { body } = await app
      .anyone()
      .post(`${API}/auth/login`)
      .send({ email: 'waiting@example.org', password: PASSWORD })
      .expect(403);
    expect(body.type).toBe('urn:echomate:problem:email-unconfirmed');
  });

  it('answers alike for an address that has an account, in any letter case, and tells only its owner', async () => {
    await signUp(app, { email: 'chidi@example.org' });
    const fresh = await register({ email: 'fresh@example.org' }).expect(202);
    const taken = await register({
      email: 'CHIDI@example.ORG',
      password: 'another fine password',
    }).expect(202);
    expect(taken.body.message.replace('chidi', 'fresh')).toBe(fresh.body.message);
    expect(Object.keys(taken.headers).sort()).toEqual(Object.keys(fresh.headers).sort());
    const mail = await app.mail('chidi@example.org', 2);
    expect(mail.subject).toBe('You already have an account');
    expect(mail.text).not.toContain('token=');
    await logIn(app, 'chidi@example.org');
    await app
      .anyone()
      .post(`${API}/auth/login`)
      .send({ email: 'chidi@example.org', password: 'another fine password' })
      // As it would without an account: see `auth-confirmation.spec.ts`.
      .expect(403);
  });

  it('makes one account of two registrations for one address, even if both links are used at once', async () => {
    const before = await count('users');
    await register({ email: 'twice@example.org' }).expect(202);
    const first = tokenIn(await app.mail('twice@example.org', 1));
    await register({ email: 'twice@example.org', firstName: 'Twice' }).expect(202);
    const second = tokenIn(await app.mail('twice@example.org', 2));
    const outcomes = await Promise.all([verify(first), verify(second)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await count('users')).toBe(before + 1);
  });

  it('lets a link work once, however many use it at once', async () => {
    await register({ email: 'once@example.org' }).expect(202);
    const token = tokenIn(await app.mail('once@example.org'));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => verify(token)));
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 410)).toHaveLength(19);
  });

  it.each([
    ['a made-up token', 'x'.repeat(43)],
    ['a token of another kind of characters', '💣'.repeat(20)],
  ])('refuses %s', async (_, token) => {
    const { body } = await verify(token).expect(410);
    expect(body.type).toBe('urn:echomate:problem:link-expired');
  });

  it.each([
    ['no email', { email: undefined }, 'email', 'invalid-email'],
    ['an email that is none', { email: 'ada at example' }, 'email', 'invalid-email'],
    [
      'an email that is too long',
      {
        email: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(20)}.org`,
      },
      'email',
      'invalid-email',
    ],
    ['a list as email', { email: ['ada@example.org'] }, 'email', 'invalid-email'],
    ['an object as email', { email: { $ne: '' } }, 'email', 'invalid-email'],
    ['a password of 7 characters', { password: 'q7#kP.2' }, 'password', 'too-short'],
    ['a password of 7 characters in 14 bytes', { password: 'äöüßéèê' }, 'password', 'too-short'],
    [
      'a password of 201 characters',
      { password: 'seven green '.repeat(17) },
      'password',
      'too-long',
    ],
    ['a password of spaces', { password: '   \u3000\u00a0        ' }, 'password', 'only-spaces'],
    [
      'a password of half a character',
      { password: 'seven \ud83d bicycles' },
      'password',
      'bad-characters',
    ],
    ['a list as password', { password: ['seven green bicycles'] }, 'password', 'too-short'],
    ['a password everyone tries', { password: 'Password1' }, 'password', 'common-password'],
    ['the email as password', { password: 'ada@example.org' }, 'password', 'common-password'],
    [
      'a password with a zero byte',
      { password: 'seven\0green bicycles' },
      'password',
      'bad-characters',
    ],
    ['no first name', { firstName: undefined }, 'firstName', 'required'],
    ['an empty first name', { firstName: '   ' }, 'firstName', 'required'],
    ['a last name that is too long', { lastName: 'x'.repeat(61) }, 'lastName', 'too-long'],
    ['a number as last name', { lastName: 7 }, 'lastName', 'required'],
    ['a name with control characters', { lastName: 'Oka\u0000for' }, 'lastName', 'bad-characters'],
    ['a day that does not exist', { dateOfBirth: '1990-02-30' }, 'dateOfBirth', 'invalid-date'],
    [
      'a date of birth with a time',
      { dateOfBirth: '1990-12-31T00:00:00Z' },
      'dateOfBirth',
      'invalid-date',
    ],
    [
      'someone of twelve',
      { dateOfBirth: new Date(Date.now() - 12.9 * 365.25 * 86_400_000).toISOString().slice(0, 10) },
      'dateOfBirth',
      'too-young',
    ],
    ['someone of two hundred', { dateOfBirth: '1825-01-01' }, 'dateOfBirth', 'too-long-ago'],
    ['a nickname that is too long', { nickname: 'x'.repeat(41) }, 'nickname', 'too-long'],
    ['a list as nickname', { nickname: ['ada'] }, 'nickname', 'not-text'],
    ['an about that is too long', { about: 'x'.repeat(1001) }, 'about', 'too-long'],
    ['an unknown visibility', { visibility: 'secret' }, 'visibility', 'invalid-choice'],
    ['an unknown field', { role: 'admin' }, 'role', 'unknown-field'],
    ['another unknown field', { id: 'mine' }, 'id', 'unknown-field'],
  ])('refuses %s, names the field and keeps nothing', async (_, values, field, code) => {
    const before = await count('registrations');
    const { body, headers } = await register(values).expect(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ type: 'urn:echomate:problem:invalid-input', status: 400 });
    expect(body.errors).toEqual([faultAt(field, code as FaultCode)]);
    expect(body.requestId).toBe(headers['x-request-id']);
    expect(await count('registrations')).toBe(before);
  });

  it('accepts passwords of 8 to 200 characters and compares all of them', async () => {
    const long = 'ä🐝 '.repeat(66) + 'yz';
    expect([...long]).toHaveLength(200);
    await signUp(app, { email: 'eight@example.org', password: 'q7#kP.2z' });
    await signUp(app, { email: 'long@example.org', password: long });
    await logIn(app, 'long@example.org', long);
    for (const other of [`${long.slice(0, -1)}x`, `${long}!`, long.slice(0, 72)])
      await app
        .anyone()
        .post(`${API}/auth/login`)
        .send({ email: 'long@example.org', password: other })
        .expect(401);
  });

  it('takes the same letters for the same password, however the keyboard composes them', async () => {
    await signUp(app, { email: 'zoe@example.org', password: 'Zoe\u0308 rides a bike' });
    await logIn(app, 'zoe@example.org', 'Zo\u00eb rides a bike');
  });
});
