import fc from 'fast-check';
import { faultAt } from '../support/faults.js';
import { anyBody, HOSTILE_BODIES, HOSTILE_QUERIES, HOSTILE_SEGMENTS } from '../support/hostile.js';
import { signUp } from '../support/people.js';
import { routesOf } from '../support/routes.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let cookie: string;
beforeAll(async () => {
  app = await startTestApp();
  await signUp(app);
  const { headers } = await app
    .anyone()
    .post(`${API}/auth/login`)
    .send({ email: 'ada@example.org', password: 'seven green bicycles' })
    .expect(200);
  cookie = (headers['set-cookie'] as unknown as string[])
    .map((line) => line.split(';')[0])
    .join('; ');
});
afterAll(() => app.close());

const SOME_ID = '0190a1b2-0000-7000-8000-000000000000';
const STORE_TEXTS = [
  { method: 'POST', path: `${API}/auth/register` },
  { method: 'PATCH', path: `${API}/users/me` },
  { method: 'POST', path: `${API}/posts` },
];
/** They would end the session that the others need. */
const ENDS_SESSION = /logout|sessions/;

const routes = () =>
  routesOf(app).map(({ method, path }) => ({ method: method.toUpperCase(), path }));

const filled = (path: string) => path.replace(/:\w+/g, SOME_ID);

/** What no answer may be, whatever was asked. */
async function faultsOf(path: string, init: RequestInit = {}): Promise<string[]> {
  const response = await fetch(app.url + path, {
    ...init,
    headers: { Cookie: cookie, ...init.headers },
    redirect: 'manual',
  });
  const body = await response.text();
  const { status } = response;
  const faults: string[] = [];
  if (status >= 500) faults.push(`${status}: ${body.slice(0, 200)}`);
  if (status === 401 && body.includes('not-signed-in')) faults.push('the session was lost');
  if (status >= 400 && !response.headers.get('content-type')?.includes('problem+json'))
    faults.push(`${status} is no problem: ${body.slice(0, 100)}`);
  if (status >= 400 && body.length > 8000) faults.push(`${status} is ${body.length} long`);
  return faults.map((fault) => `${init.method ?? 'GET'} ${path.slice(0, 100)} → ${fault}`);
}

const json = (method: string, body: string): RequestInit => ({
  method,
  body,
  headers: { 'Content-Type': 'application/json' },
});

describe('a hostile body', () => {
  it.each(Object.entries(HOSTILE_BODIES))(
    'is no fault of ours on any route: %s',
    async (_, bodies) => {
      const faults: string[] = [];
      for (const body of [bodies].flat()) {
        // What is refused for its size never comes to a route; one look at those that store texts is enough.
        const asked =
          body.length > 20_000
            ? STORE_TEXTS
            : routes().filter(
                ({ method, path }) => !['GET', 'HEAD'].includes(method) && !ENDS_SESSION.test(path),
              );
        for (const { method, path } of asked)
          faults.push(...(await faultsOf(filled(path), json(method, body))));
      }
      expect(faults).toEqual([]);
    },
  );

  it.each([
    ['POST', '/auth/register'],
    ['POST', '/auth/login'],
    ['PATCH', '/users/me'],
    ['POST', '/posts'],
    ['PUT', `/posts/${SOME_ID}/audience`],
  ])('of whatever shape is no fault of ours: %s %s', async (method, path) => {
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        expect(await faultsOf(API + path, json(method, JSON.stringify(body)))).toEqual([]);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('is refused in few words', async () => {
    const body = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`${at}`.repeat(999), 1]),
    );
    const { body: problem } = await app.anyone().post(`${API}/auth/login`).send(body).expect(400);
    expect(problem.errors).toHaveLength(20);
    for (const { field } of problem.errors) expect(field.length).toBeLessThanOrEqual(100);
  });

  it('is told which field holds what cannot be kept', async () => {
    const send = (body: string) =>
      app.anyone().post(`${API}/auth/login`).type('json').send(body).expect(400);
    for (const text of [String.raw`a\ud800`, String.raw`a\u0000`]) {
      const { body } = await send(`{"email":"ada@example.org","password":"${text}"}`);
      expect(body.errors).toEqual([faultAt('password', 'bad-characters')]);
    }
  });

  it('is not unpacked', async () => {
    await app
      .anyone()
      .post(`${API}/auth/login`)
      .set({ 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' })
      .send('{}')
      .expect(415);
  });
});

describe('honest text', () => {
  it('may be as long as the limit, in any script, also typed in parts', async () => {
    const browser = app.browser();
    await browser
      .post(`${API}/auth/login`)
      .send({ email: 'ada@example.org', password: 'seven green bicycles' })
      .expect(200);
    const composed = 'é'.repeat(5000);
    const { body } = await browser
      .post(`${API}/posts`)
      .send({ content: composed.normalize('NFD'), audience: 'public' })
      .expect(201);
    expect(body.content).toBe(composed);
    const stacked = `z${'\u0301'.repeat(30)}`;
    await browser.post(`${API}/posts`).send({ content: stacked, audience: 'public' }).expect(201);
    await browser
      .post(`${API}/posts`)
      .send({ content: `${stacked}\u0301`, audience: 'public' })
      .expect(400);
  });
});

describe('a hostile address', () => {
  it('is no fault of ours, by its query', async () => {
    const faults: string[] = [];
    for (const { method, path } of routes())
      if (method === 'GET')
        for (const query of HOSTILE_QUERIES)
          faults.push(...(await faultsOf(`${filled(path)}?${query}`)));
    expect(faults).toEqual([]);
  });

  it('is no fault of ours, by its path', async () => {
    const faults: string[] = [];
    for (const { method, path } of routes())
      if (path.includes(':') && !ENDS_SESSION.test(path))
        for (const segment of HOSTILE_SEGMENTS) {
          const hostile = path.replace(/:\w+/g, segment);
          faults.push(...(await faultsOf(hostile, method === 'GET' ? {} : { method })));
        }
    expect(faults).toEqual([]);
  });

  it.each([
    ['a NUL', '/users?q=%00'],
    ['two questions', '/users?q=a&q=b'],
    ['a limit beyond all numbers', '/feed?limit=1e999'],
    ['a name that objects have', '/feed?__proto__=1'],
  ])('is refused for %s', async (_, path) => {
    const response = await fetch(app.url + API + path, { headers: { Cookie: cookie } });
    expect(response.status).toBe(400);
  });

  it.each(['/', '/nothing', '/api', '/apiary/v1', '/api/v2/users', '/%E0%A4%A', '/index.html'])(
    'that leads nowhere is a problem: %s',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE', 'PROPFIND']) {
        expect(await faultsOf(path, { method })).toEqual([]);
        expect((await fetch(app.url + path, { method })).status).toBe(404);
      }
    },
  );

  it('is refused for a method that it does not have', async () => {
    for (const method of ['DELETE', 'PROPFIND', 'PATCH'])
      expect((await fetch(`${app.url}${API}/auth/login`, { method })).status).toBe(404);
  });
});
