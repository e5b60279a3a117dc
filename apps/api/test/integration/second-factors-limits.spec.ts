import { Devices } from '../../src/modules/auth/devices.js';
import { setClock } from '../../src/platform/clock.js';
import { PASSWORD, signUp } from '../support/people.js';
import { codeOf, withApp } from '../support/second-factors.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';

const PROXY_SECRET = 'a secret between web and api';
const EMAIL = 'ada@example.org';
type Browser = Awaited<ReturnType<typeof signUp>>;

let app: TestApp;
beforeEach(async () => {
  setClock((Math.floor(Date.now() / 30_000) + 1) * 30_000 + 500);
  app = await startTestApp({ RATE_LIMITS: 'on', PROXY_SECRET });
});
afterEach(() => app.close());

/** Forwarded by the web server on behalf of an address. */
const from = (address: string) => ({
  'X-Forwarded-For': address,
  'X-Echomate-Proxy': PROXY_SECRET,
});
const knock = async (address: string, browser: Browser = app.browser()) => {
  await browser
    .post(`${API}/auth/login`)
    .set(from(address))
    .send({ email: EMAIL, password: PASSWORD })
    .expect(403);
  return browser;
};
const tryCode = (browser: Browser, address: string, code: string) =>
  browser.post(`${API}/auth/second-factor`).set(from(address)).send({ code });

it('ten wrong codes from one network, and the right one no longer counts; elsewhere it does', async () => {
  const { secret, codes } = await withApp(await signUp(app, { email: EMAIL }));
  const thief = await knock('198.51.100.7');
  for (let tries = 0; tries < 10; tries++) {
    // Wrong recovery codes count as well.
    const code = tries % 2 ? 'aaaabbbbcccc' : String(tries).padStart(6, '0');
    await tryCode(thief, '198.51.100.7', code).expect(400);
  }
  await tryCode(thief, '198.51.100.7', codeOf(secret)).expect(429);
  await tryCode(thief, '198.51.100.7', codes[0]!).expect(429);
  // A new log-in gives no new tries.
  await tryCode(await knock('198.51.100.7'), '198.51.100.7', codeOf(secret)).expect(429);
  await tryCode(await knock('203.0.113.1'), '203.0.113.1', codeOf(secret)).expect(200);
});

it('10,000 codes from a hundred networks never get in; the owner does, from a known browser', async () => {
  const owner = await signUp(app, { email: EMAIL });
  const { secret } = await withApp(owner);
  const thief = await knock('198.51.100.1');
  const counts = new Map<number, number>();
  // Every now and then there is the right one among them.
  const guess = (at: number) =>
    at % 500 === 60 ? codeOf(secret) : String(at * 7).padStart(6, '0');
  for (let at = 0; at < 10_000; at += 25) {
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        tryCode(thief, `198.51.${(at + index) % 100}.9`, guess(at + index)),
      ),
    );
    for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({ 400: 50, 429: 9_950 });
  await knock('203.0.113.1', owner);
  await tryCode(owner, '203.0.113.1', codeOf(secret)).expect(200);
});

it('whoever reads the mail, and is a known browser with each new password, has no more tries for it', async () => {
  const owner = await signUp(app, { email: EMAIL });
  await withApp(owner);
  const { id } = (await owner.get(`${API}/users/me`).expect(200)).body;
  const counts = new Map<number, number>();
  for (let device = 0; device < 15; device++) {
    const address = `198.51.100.${device}`;
    // As a reset of the password answers it, to a browser that has none.
    const known = app.get(Devices).remember(null, id);
    const login = await app
      .anyone()
      .post(`${API}/auth/login`)
      .set(from(address))
      .set('Cookie', `echomate_device=${known}`)
      .send({ email: EMAIL, password: PASSWORD })
      .expect(403);
    const [, ticket] = /echomate_second_step=([^;]+)/.exec(String(login.headers['set-cookie']))!;
    for (let tries = 0; tries < 10; tries++) {
      const { status } = await app
        .anyone()
        .post(`${API}/auth/second-factor`)
        .set(from(address))
        .set('Cookie', `echomate_device=${known}; echomate_second_step=${ticket}`)
        .send({ code: String(tries).padStart(6, '0') });
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries(counts)).toEqual({ 400: 100, 429: 50 });
});
