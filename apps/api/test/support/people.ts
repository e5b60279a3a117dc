import { API, tokenIn, type TestApp } from './test-app.js';

export const PASSWORD = 'seven green bicycles';

/** A complete registration; override what a test is about. */
export const registration = (values: Record<string, unknown> = {}) => ({
  email: 'ada@example.org',
  password: PASSWORD,
  firstName: 'Ada',
  lastName: 'Okafor',
  dateOfBirth: '1990-12-31',
  ...values,
});

/** Registers, opens the mailed link and returns the browser that is now signed in. */
export async function signUp(app: TestApp, values: Record<string, unknown> = {}) {
  const form = registration(values);
  const browser = app.browser();
  await browser.post(`${API}/auth/register`).send(form).expect(202);
  const token = tokenIn(await app.mail(form.email.toLowerCase()));
  // Over plain http an agent does not send Secure cookies, so the password is needed.
  const password = app.config.usesHttps ? form.password : undefined;
  await browser.post(`${API}/auth/email/verify`).send({ token, password }).expect(200);
  return browser;
}

export async function logIn(app: TestApp, email: string, password = PASSWORD) {
  const browser = app.browser();
  await browser.post(`${API}/auth/login`).send({ email, password }).expect(200);
  return browser;
}
