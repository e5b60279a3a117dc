import { logIn, PASSWORD, signUp } from '../support/people.js';
import { picture } from '../support/pictures.js';
import { routesOf } from '../support/routes.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { bytesOf, uploaded } from '../support/uploads.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await signUp(app);
});
afterAll(() => app.close());

describe('guards', () => {
  const PUBLIC = [
    'get /auth/handle',
    'get /auth/invitation',
    'get /auth/leaving',
    'get /auth/outside',
    'get /auth/outside/unfinished',
    'get /auth/second-factor',
    'get /calendars/:secret.ics',
    'get /dev/mailbox',
    'get /health/live',
    'get /health/ready',
    'get /mail/unsubscribe/:token',
    'get /moderation/numbers',
    'get /site',
    'get /site/logo/:id/:name',
    'get /suspension',
    'post /auth/email/return',
    'post /auth/email/verify',
    'post /auth/leaving/keep',
    'post /auth/login',
    'post /auth/outside/connect',
    'post /auth/outside/providers/:name/begin',
    'post /auth/outside/providers/:name/finish',
    'post /auth/outside/register',
    'post /auth/passkeys/challenge',
    'post /auth/passkeys/log-in',
    'post /auth/password/forgot',
    'post /auth/password/reset',
    'post /auth/register',
    'post /auth/register/resend',
    'post /auth/second-factor',
    'post /auth/second-factor/challenge',
    'post /auth/token',
    'post /auth/token/refresh',
    'post /auth/token/revoke',
    'post /mail/unsubscribe/:token',
    'post /suspension/appeal',
    'put /auth/register/email',
  ];

  it('protect every route but the listed ones', async () => {
    expect(routesOf(app).length).toBeGreaterThan(15);
    const open: string[] = [];
    for (const { method, path } of routesOf(app)) {
      const filled = path.replace(/:\w+/g, '0190a1b2-0000-7000-8000-000000000000');
      const response = await fetch(app.url + filled, { method: method.toUpperCase() });
      if (response.status !== 401) open.push(`${method} ${path.replace(API, '')}`);
    }
    expect(open.sort()).toEqual(PUBLIC);
  });
});

describe('requests from other sites', () => {
  const login = (
    headers: Record<string, string>,
    body: string | object = { email: 'ada@example.org', password: PASSWORD },
  ) => app.anyone().post(`${API}/auth/login`).set(headers).send(body);

  it.each([
    [
      'a form of another site',
      { Origin: 'https://evil.example', 'Content-Type': 'application/x-www-form-urlencoded' },
      'email=a&password=b',
    ],
    ['a script of another site', { Origin: 'https://evil.example' }, undefined],
    ['a sandboxed page', { Origin: 'null' }, undefined],
    [
      'a neighbouring host',
      { 'Sec-Fetch-Site': 'same-site', Origin: 'http://other.localhost:3000' },
      undefined,
    ],
    ['another site by its own word', { 'Sec-Fetch-Site': 'cross-site' }, undefined],
  ])('are refused: %s', async (_, headers, body) => {
    const { body: problem } = await login(headers, body).expect(403);
    expect(problem.type).toBe('urn:echomate:problem:foreign-origin');
  });

  it('are not confused with our own pages or with programs', async () => {
    await login({}).expect(200);
    await login({ Origin: 'http://localhost:3000' }).expect(200);
    await login({ Origin: app.url.replace('[::1]', 'localhost') }).expect(200);
    await login({ 'Sec-Fetch-Site': 'same-origin', Origin: 'http://club.internal' }).expect(200);
  });

  it('cannot end a session either', async () => {
    const browser = await logIn(app, 'ada@example.org');
    await browser.post(`${API}/auth/logout`).set('Origin', 'https://evil.example').expect(403);
    await browser.get(`${API}/auth/session`).expect(200);
  });
});

describe('bodies', () => {
  const post = (type: string, body: string) =>
    app.anyone().post(`${API}/auth/login`).set('Content-Type', type).send(body);
  const json = JSON.stringify({ email: 'ada@example.org', password: PASSWORD });

  it('are JSON and say so', async () => {
    await post('text/plain', json).expect(415);
    await post('application/x-www-form-urlencoded', 'email=ada%40example.org').expect(415);
    await post('application/xml', '<a/>').expect(415);
    await post('application/json; charset=utf-8', json).expect(200);
  });

  it('that cannot be read are refused with a problem, not a fault', async () => {
    const broken = await post('application/json', '{"email":').expect(400);
    expect(broken.body.type).toBe('urn:echomate:problem:malformed-request');
    await post('application/json', `{"email":"${'x'.repeat(300_000)}"}`).expect(413);
    await post('multipart/form-data; boundary=x', 'no boundary at all').expect(400);
    await post(
      'application/json',
      '{"__proto__":{"admin":true},"email":"a@b.org","password":"x"}',
    ).expect(400);
    expect({}).not.toHaveProperty('admin');
  });
});

describe('paths', () => {
  it('that are unknown answer like hidden things', async () => {
    const browser = await logIn(app, 'ada@example.org');
    const absent = await browser
      .get(
        `${API}/users/0190a1b2-0000-7000-8000-000000000000/avatar/0190a1b2-0000-7000-8000-000000000000/small`,
      )
      .expect(404);
    const unknown = await browser.get(`${API}/nothing/here`).expect(404);
    const malformed = await browser.get(`${API}/users/%00/avatar/x/y`).expect(404);
    const { requestId: _a, ...first } = absent.body;
    const { requestId: _b, ...second } = unknown.body;
    const { requestId: _c, ...third } = malformed.body;
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  });

  it('that are broken are refused', async () => {
    await app.anyone().get(`${API}/%E0%A4%A`).expect(400);
  });
});

describe('answers', () => {
  it('forbid storing, framing, sniffing and running', async () => {
    const { headers } = await app.anyone().get(`${API}/auth/session`).expect(401);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('say for whom they are, so that a browser keeps them for nobody else', async () => {
    const ada = await logIn(app, 'ada@example.org');
    const own = await ada.get(`${API}/users/me`).expect(200);
    expect(own.headers['x-echomate-viewer']).toBe(own.body.id);
    await ada.post(`${API}/auth/logout`).expect(204);
    const after = await ada.get(`${API}/users/me`).expect(401);
    expect(after.headers['x-echomate-viewer']).toBe('none');
  });
});

describe('limits', () => {
  let limited: TestApp;
  beforeEach(async () => {
    limited = await startTestApp({ RATE_LIMITS: 'on' });
  });
  afterEach(() => limited.close());

  const attempts = async (
    count: number,
    attempt: (index: number) => PromiseLike<{ status: number }>,
  ) => {
    const statuses: number[] = [];
    for (let index = 0; index < count; index++) statuses.push((await attempt(index)).status);
    return statuses;
  };

  it('end guessing at one account, whatever the address claims to be and however the path is spelt', async () => {
    const body = { email: 'ada@example.org', password: 'a wrong guess' };
    const paths = [
      `${API}/auth/login`,
      `${API}/auth/login/`,
      `${API}/AUTH/Login`,
      `/API/v1/auth/login`,
    ];
    const statuses = await attempts(25, (index) =>
      limited
        .anyone()
        .post(paths[index % paths.length]!)
        .set({
          'X-Forwarded-For': `203.0.113.${index}`,
          Forwarded: `for=203.0.113.${index}`,
          'X-Real-IP': `203.0.113.${index}`,
        })
        .send({ ...body, email: index % 2 ? 'ADA@example.org' : ' ada@example.org' }),
    );
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.slice(20)).toEqual(Array(5).fill(429));
    const refused = await limited.anyone().post(`${API}/auth/login`).send(body).expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.detail).toMatch(/wait \d+ minutes/);
  });

  it('count addresses too, loopback not exempt', async () => {
    const statuses = await attempts(62, (index) =>
      limited
        .anyone()
        .post(`${API}/auth/password/forgot`)
        .set('X-Forwarded-For', `203.0.113.${index}`)
        .send({ email: `person${index}@example.org` }),
    );
    expect(statuses.indexOf(429)).toBe(60);
  });

  it('tell people behind a trusted proxy apart, IPv6 by household', async () => {
    const proxied = await startTestApp({
      RATE_LIMITS: 'on',
      PROXY_SECRET: 'a secret between web and api',
    });
    try {
      const forgot = (index: number, address: string, proof: string) =>
        proxied
          .anyone()
          .post(`${API}/auth/password/forgot`)
          .set({ 'X-Forwarded-For': address, 'X-Echomate-Proxy': proof })
          .send({ email: `person${index}@example.org` });
      const secret = 'a secret between web and api';
      expect(await attempts(61, (index) => forgot(index, '2001:db8:1:2::1', secret))).toContain(
        429,
      );
      expect((await forgot(100, '2001:db8:1:2:ffff::9', secret)).status).toBe(429);
      expect((await forgot(101, '2001:db8:1:3::1', secret)).status).toBe(202);
      // Forwarded headers without the secret are ignored.
      const guessed = await attempts(61, (index) =>
        forgot(200 + index, `198.51.100.${index}`, 'a guess'),
      );
      expect(guessed).toContain(429);
    } finally {
      await proxied.close();
    }
  });
});

describe('compression', () => {
  const asked = { 'Accept-Encoding': 'gzip, deflate, br' };

  it('shortens long answers, each time to another length, and no short ones', async () => {
    const browser = await logIn(app, 'ada@example.org');
    for (let number = 0; number < 4; number++) {
      const content = `The same words in every one. ${number} `.repeat(20);
      await browser.post(`${API}/posts`).send({ content, audience: 'followers' }).expect(201);
    }
    const lengths = new Set<string>();
    for (let time = 0; time < 8; time++) {
      const { headers, body } = await browser.get(`${API}/feed`).set(asked).expect(200);
      expect(headers['content-encoding']).toBe('br');
      expect(body.items).toHaveLength(4);
      lengths.add(headers['content-length']!);
    }
    expect(lengths.size).toBeGreaterThan(2);
    const { headers } = await browser.get(`${API}/auth/session`).set(asked).expect(200);
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('leaves mails with secret links as they are', async () => {
    const { headers, text } = await app.anyone().get(`${API}/dev/mailbox`).set(asked).expect(200);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['cache-control']).toBe('private, no-store, no-transform');
    expect(text).toContain('token=');
  });

  it('leaves pictures and their parts as they are', async () => {
    const browser = await logIn(app, 'ada@example.org');
    const { urls } = await uploaded(browser, await picture('jpeg'));
    const whole = await bytesOf(browser, urls.card, asked).expect(200);
    const part = await bytesOf(browser, urls.card, { ...asked, Range: 'bytes=0-99' }).expect(206);
    for (const { headers } of [whole, part]) expect(headers['content-encoding']).toBeUndefined();
    expect(part.headers['content-length']).toBe('100');
    expect(part.body).toEqual(whole.body.subarray(0, 100));
  });
});
