import type { OutsideFinished } from '@echomate/contracts/outside-logins.dto';
import { logInAtProvider, OPENID_CLIENT } from '@echomate/testing/openid-provider';
import { API, type TestApp } from './test-app.js';

type Browser = ReturnType<TestApp['browser']>;

export const OUTSIDE = `${API}/auth/outside`;
export const CALLBACK = 'http://localhost:3000/login/with/club/callback';

export const providerSetting = (issuer: string) => ({
  OPENID_PROVIDERS: JSON.stringify([
    { name: 'club', label: 'Club account', issuer, ...OPENID_CLIENT },
  ]),
});

export const begin = async (browser: Browser, wishes: object = {}, name = 'club') =>
  (await browser.post(`${OUTSIDE}/providers/${name}/begin`).send(wishes).expect(200)).body
    .url as string;

export const finish = (browser: Browser, query: URLSearchParams | string, name = 'club') =>
  browser.post(`${OUTSIDE}/providers/${name}/finish`).send({ query: query.toString() });

/** Goes to the real provider and comes back. */
export const come = async (browser: Browser, login: string, wishes: object = {}) =>
  finish(browser, (await logInAtProvider(await begin(browser, wishes), login)).searchParams);

export const FORM = { firstName: 'Ada', lastName: 'Okafor', dateOfBirth: '1990-12-31' };

export const register = (browser: Browser, form: object = {}) =>
  browser.post(`${OUTSIDE}/register`).send({ ...FORM, ...form });

export const connect = (browser: Browser, password: string) =>
  browser.post(`${OUTSIDE}/connect`).send({ password });

export const isSignedIn = async (browser: Browser) =>
  (await browser.get(`${API}/auth/session`)).status === 200;

/** Registers somebody whose only way in is the provider. */
export async function newcomer(app: TestApp, login: string, form: object = {}) {
  const browser = app.browser();
  const { body } = await come(browser, login);
  expect(body).toEqual({ next: 'register', path: null, isBack: false } satisfies OutsideFinished);
  await register(browser, form).expect(200);
  return browser;
}
