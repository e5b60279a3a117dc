import type { PasskeyQuestion } from '@echomate/contracts/second-factors.dto';
import { Secret, TOTP } from 'otpauth';
import { Authenticator } from './authenticator.js';
import { PASSWORD, type signUp } from './people.js';
import { API, type TestApp } from './test-app.js';

export type Browser = Awaited<ReturnType<typeof signUp>>;

/** The code of an app, so many steps of 30 seconds from now. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

/** Sets up an app. The code of the step before is used for it, so that the current one still works. */
export async function withApp(browser: Browser, password = PASSWORD) {
  const { body } = await browser.post(`${API}/auth/two-step/app`).send({ password }).expect(200);
  const { secret, setup } = body as { secret: string; setup: string };
  const on = await browser
    .put(`${API}/auth/two-step/app`)
    .send({ setup, code: codeOf(secret, -1) })
    .expect(200);
  return { secret, setup, codes: on.body.codes as string[] };
}

export async function withPasskey(app: TestApp, browser: Browser, password = PASSWORD) {
  const key = new Authenticator(app.config.publicUrl.origin);
  const { body } = await browser.post(`${API}/auth/passkeys/offer`).send({ password }).expect(200);
  const added = await browser.post(`${API}/auth/passkeys`).send(key.create(body)).expect(201);
  return { key, id: added.body.id as string };
}

/** A browser that has given the password and is asked for the second step. */
export async function halfWay(app: TestApp, email: string, password = PASSWORD): Promise<Browser> {
  const browser = app.browser();
  const answer = await browser.post(`${API}/auth/login`).send({ email, password }).expect(403);
  expect(answer.body.code).toBe('second-factor-needed');
  expect(String(answer.headers['set-cookie'])).not.toContain('echomate_session');
  return browser;
}

export const step = (browser: Browser, body: object) =>
  browser.post(`${API}/auth/second-factor`).send(body);

export const statusOf = async (browser: Browser) =>
  (await browser.get(`${API}/auth/session`)).status;

export async function questionOf(browser: Browser, path: string): Promise<PasskeyQuestion> {
  return (await browser.post(`${API}/auth/${path}`).expect(200)).body;
}
