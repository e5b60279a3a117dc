import { jest } from '@jest/globals';
import { Passwords } from '../../src/modules/auth/passwords.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { PASSWORD, registration, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

type Browser = ReturnType<TestApp['browser']>;

const OTHER_PASSWORD = 'nine red umbrellas';

const registered = async (email: string, password = PASSWORD): Promise<Browser> => {
  const browser = app.browser();
  await browser.post(`${API}/auth/register`).send(registration({ email, password })).expect(202);
  await app.mail(email);
  return browser;
};
/** The mails to an address, once there are so many. */
const mails = async (email: string, count: number) => {
  await app.mail(email, count);
  return app.mails(email);
};
const resend = (browser: Browser) => browser.post(`${API}/auth/register/resend`);
const correct = (browser: Browser, email: string) =>
  browser.put(`${API}/auth/register/email`).send({ email });
const logIn = (browser: Browser, email: string, password = PASSWORD) =>
  browser.post(`${API}/auth/login`).send({ email, password });
const verify = (browser: Browser, token: string, password?: string) =>
  browser.post(`${API}/auth/email/verify`).send({ token, password });
const problemOf = ({ body, status }: { body: Record<string, unknown>; status: number }) => ({
  ...body,
  status,
  requestId: '',
});

describe('the mail that confirms', () => {
  it('is sent again to the browser that registered, and every link of it works', async () => {
    const browser = await registered('again@example.org');
    const { body } = await resend(browser).expect(202);
    expect(body.message).toContain('again@example.org');
    const [first, second] = await mails('again@example.org', 2);
    expect(tokenIn(first!)).not.toBe(tokenIn(second!));
    await verify(browser, tokenIn(first!)).expect(200);
    await verify(browser, tokenIn(second!)).expect(410);
  });

  it('is sent to nobody else', async () => {
    await registered('mine@example.org');
    const { body } = await resend(app.browser()).expect(404);
    expect(body.detail).toContain('register again');
    await correct(app.browser(), 'thief@example.org').expect(404);
  });

  it('goes to the corrected address, and the links to the first one end', async () => {
    const browser = await registered('typo@example.org');
    const wrong = tokenIn(await app.mail('typo@example.org'));
    await correct(browser, 'right@example.org').expect(202);
    const right = tokenIn(await app.mail('right@example.org'));
    await verify(app.browser(), wrong, OTHER_PASSWORD).expect(410);
    const { body } = await verify(browser, right).expect(200);
    expect(body.email).toBe('right@example.org');
    expect((await browser.get(`${API}/users/me`).expect(200)).body.email).toBe('right@example.org');
  });

  it('confirms only the address it went to, even if it was on its way when that was corrected', async () => {
    const browser = await registered('early@example.org');
    const early = tokenIn(await app.mail('early@example.org'));
    // As a job leaves it that read the registration before, and made its link afterwards.
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(
          sql`UPDATE registrations SET email = 'late@example.org' WHERE email = 'early@example.org'`,
        ),
      );
    await verify(browser, early).expect(410);
  });

  it('refuses what is no address, and changes nothing', async () => {
    const browser = await registered('kept@example.org');
    const { body } = await correct(browser, 'nowhere').expect(400);
    expect(body.errors[0].field).toBe('email');
    await verify(browser, tokenIn(await app.mail('kept@example.org'))).expect(200);
  });

  it('corrected to an address that has an account, tells only its owner', async () => {
    await signUp(app, { email: 'owner@example.org' });
    const before = (await app.mails('owner@example.org')).length;
    const [toTaken, toFree] = [
      await registered('a1@example.org'),
      await registered('a2@example.org'),
    ];
    const answers = [
      await correct(toTaken, 'owner@example.org').expect(202),
      await correct(toFree, 'free@example.org').expect(202),
    ].map(({ body }) => JSON.stringify(body).replace(/\w+@example/, '@example'));
    expect(answers[0]).toBe(answers[1]);
    const told = await mails('owner@example.org', before + 1);
    expect(told.map(({ text }) => text).join()).toContain('you already have one');
  });
});

describe('an unconfirmed log-in', () => {
  it('says what is missing to whoever knew the password, and lets them ask for the mail', async () => {
    await registered('soon@example.org');
    const elsewhere = app.browser();
    const { body } = await logIn(elsewhere, 'soon@example.org').expect(403);
    expect(body.type).toBe('urn:echomate:problem:email-unconfirmed');
    await resend(elsewhere).expect(202);
    const [newest] = await mails('soon@example.org', 2);
    // They have proved to know the password, so they need not choose another.
    await verify(elsewhere, tokenIn(newest!)).expect(200);
  });

  it('says nothing to anybody else', async () => {
    await registered('quiet@example.org');
    await signUp(app, { email: 'open@example.org' });
    const answers = [];
    for (const email of ['quiet@example.org', 'open@example.org', 'unknown@example.org']) {
      const browser = app.browser();
      const answer = await logIn(browser, email, OTHER_PASSWORD).expect(401);
      answers.push(problemOf(answer));
      expect(answer.headers['set-cookie'] ?? []).toEqual([]);
      await resend(browser).expect(404);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('never tells a stranger that the address has an account, before or after it has', async () => {
    const [theirs, taken] = ['victim@example.org', 'member@example.org'];
    await signUp(app, { email: taken });
    for (const email of [theirs, taken]) await registered(email, OTHER_PASSWORD);
    const asStranger = async (email: string) =>
      problemOf(await logIn(app.browser(), email, OTHER_PASSWORD));
    const before = await asStranger(theirs);
    expect(before).toMatchObject({ status: 403, type: 'urn:echomate:problem:email-unconfirmed' });
    expect(await asStranger(taken)).toEqual(before);
    // The owner of the address registers and confirms.
    const owner = await registered(theirs);
    const [newest] = await mails(theirs, 2);
    await verify(owner, tokenIn(newest!)).expect(200);
    await logIn(app.browser(), theirs).expect(200);
    // What the stranger registered is the newest again, and answers as before.
    expect(await asStranger(theirs)).toEqual(before);
  });

  it('compares a wrong password as often with a registration, with an account and with neither', async () => {
    await registered('slow@example.org');
    await signUp(app, { email: 'slower@example.org' });
    const compare = jest.spyOn(app.get(Passwords), 'matches');
    for (const email of ['slow@example.org', 'slower@example.org', 'nobody@example.org']) {
      compare.mockClear();
      await logIn(app.browser(), email, OTHER_PASSWORD).expect(401);
      expect(compare).toHaveBeenCalledTimes(2);
    }
    compare.mockRestore();
  });
});
