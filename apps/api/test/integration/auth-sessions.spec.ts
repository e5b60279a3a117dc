import { SessionsRepository } from '../../src/modules/auth/sessions.repository.js';
import { faultAt } from '../support/faults.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await signUp(app, { email: 'ada@example.org' });
  await signUp(app, { email: 'bruno@example.org', firstName: 'Bruno' });
});
afterAll(() => app.close());

const cookieOf = (response: { headers: Record<string, unknown> }) => {
  const cookies = (response.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
  return cookies.find((cookie) => /^(__Host-)?echomate_session=/.test(cookie));
};
const login = (email: string, password: unknown) =>
  app.anyone().post(`${API}/auth/login`).send({ email, password });

describe('logging in', () => {
  it('answers who it is and sets a cookie that scripts and other sites cannot use', async () => {
    const response = await login('ADA@example.org ', PASSWORD).expect(200);
    expect(response.body.user).toMatchObject({ firstName: 'Ada', role: 'admin' });
    const cookie = cookieOf(response)!;
    expect(cookie).toMatch(/^echomate_session=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
    expect(response.headers['cache-control']).toBe('private, no-store');
  });

  it('answers a wrong password and an unknown email alike', async () => {
    const wrong = await login('ada@example.org', 'not her password').expect(401);
    const unknown = await login('nobody@example.org', 'not her password').expect(401);
    const { requestId: _a, ...first } = wrong.body;
    const { requestId: _b, ...second } = unknown.body;
    expect(second).toEqual(first);
    expect(cookieOf(wrong)).toBeUndefined();
  });

  it('takes as long for an unknown email as for a wrong password', async () => {
    const slow = await startTestApp({ PASSWORD_HASH_COST: '10' });
    try {
      await signUp(slow, { email: 'ada@example.org' });
      const time = async (email: string) => {
        const start = performance.now();
        await slow
          .anyone()
          .post(`${API}/auth/login`)
          .send({ email, password: 'wrong password' })
          .expect(401);
        return performance.now() - start;
      };
      // In turn, and the quickest of each: whatever else this machine is doing only adds.
      const quickest = { nobody: Infinity, ada: Infinity };
      for (let round = 0; round < 7; round++)
        for (const who of ['nobody', 'ada'] as const)
          quickest[who] = Math.min(quickest[who], await time(`${who}@example.org`));
      // One comparison at this cost takes about 50 ms, a request without it about 2.
      expect(quickest.nobody / quickest.ada).toBeGreaterThan(0.5);
    } finally {
      await slow.close();
    }
  });

  it.each([
    ['a list as password', { email: 'ada@example.org', password: [PASSWORD] }],
    ['an object as email', { email: { toString: 'ada@example.org' }, password: PASSWORD }],
    ['no password', { email: 'ada@example.org' }],
    ['an over-long password', { email: 'ada@example.org', password: 'x'.repeat(5000) }],
    ['an unknown field', { email: 'ada@example.org', password: PASSWORD, admin: true }],
    ['a list', [1, 2]],
  ])('refuses %s', async (_, body) => {
    await app.anyone().post(`${API}/auth/login`).send(body).expect(400);
  });

  it('starts under a new secret: a session id brought along is worth nothing', async () => {
    const planted = 'echomate_session=s%3Aplanted.c2lnbmF0dXJl';
    const response = await app
      .anyone()
      .post(`${API}/auth/login`)
      .set('Cookie', planted)
      .send({ email: 'ada@example.org', password: PASSWORD })
      .expect(200);
    expect(cookieOf(response)).not.toContain('planted');
    await app.anyone().get(`${API}/auth/session`).set('Cookie', planted).expect(401);
  });

  it('keeps the new session once', async () => {
    const faults: unknown[] = [];
    const { prototype } = SessionsRepository;
    const insert = prototype.insert;
    prototype.insert = async function (transaction, session) {
      await insert.call(this, transaction, session).catch((error: unknown) => {
        faults.push(error);
        throw error;
      });
    };
    await login('ada@example.org', PASSWORD).expect(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    prototype.insert = insert;
    expect(faults).toEqual([]);
  });

  it('ends the session that the browser had before', async () => {
    const first = await login('ada@example.org', PASSWORD);
    const old = cookieOf(first)!.split(';')[0]!;
    const second = await app
      .anyone()
      .post(`${API}/auth/login`)
      .set('Cookie', old)
      .send({ email: 'bruno@example.org', password: PASSWORD })
      .expect(200);
    await app.anyone().get(`${API}/auth/session`).set('Cookie', old).expect(401);
    const { body } = await app
      .anyone()
      .get(`${API}/auth/session`)
      .set('Cookie', cookieOf(second)!.split(';')[0]!)
      .expect(200);
    expect(body.user.firstName).toBe('Bruno');
  });

  it('is secure and bound to the host under https', async () => {
    const secure = await startTestApp({
      PUBLIC_URL: 'https://club.example.org',
      TRUSTED_PROXIES: 'loopback',
    });
    try {
      await signUp(secure);
      const response = await secure
        .anyone()
        .post(`${API}/auth/login`)
        .set({ 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.7' })
        .send({ email: 'ada@example.org', password: PASSWORD })
        .expect(200);
      expect(cookieOf(response)).toMatch(/^__Host-echomate_session=.*Secure/);
    } finally {
      await secure.close();
    }
  });
});

describe('sessions', () => {
  it('end at log-out, and the secret is dead', async () => {
    const response = await login('ada@example.org', PASSWORD);
    const cookie = cookieOf(response)!.split(';')[0]!;
    await app.anyone().get(`${API}/auth/session`).set('Cookie', cookie).expect(200);
    const out = await app.anyone().post(`${API}/auth/logout`).set('Cookie', cookie).expect(204);
    expect(cookieOf(out)).toMatch(/^echomate_session=;/);
    await app.anyone().get(`${API}/auth/session`).set('Cookie', cookie).expect(401);
    await app.anyone().post(`${API}/auth/logout`).set('Cookie', cookie).expect(401);
  });

  it('are listed with their devices, this one marked, in pages', async () => {
    const browser = await signUp(app, { email: 'devices@example.org' });
    const phone = app.browser();
    await phone
      .post(`${API}/auth/login`)
      .set('User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
      .send({ email: 'devices@example.org', password: PASSWORD })
      .expect(200);
    const { body } = await browser.get(`${API}/auth/sessions`).expect(200);
    expect(body.nextCursor).toBeNull();
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({ device: 'Firefox on Linux', current: false });
    expect(body.items[1]).toMatchObject({ current: true });
    expect(new Date(body.items[0].lastSeenAt).toISOString()).toBe(body.items[0].lastSeenAt);

    const first = await browser.get(`${API}/auth/sessions?limit=1`).expect(200);
    expect(first.body.items.map((item: { id: string }) => item.id)).toEqual([body.items[0].id]);
    const second = await browser
      .get(`${API}/auth/sessions?limit=1&cursor=${first.body.nextCursor}`)
      .expect(200);
    expect(second.body).toEqual({ items: [body.items[1]], nextCursor: null });
    await browser.get(`${API}/auth/sessions?cursor=nonsense`).expect(400);
    await browser.get(`${API}/auth/sessions?limit=0`).expect(400);
    await browser.get(`${API}/auth/sessions?limit=5000`).expect(400);
  });

  it('can be ended one by one, at once, but only by their owner', async () => {
    const owner = await logIn(app, 'ada@example.org');
    const other = await logIn(app, 'ada@example.org');
    const { body } = await other.get(`${API}/auth/session`).expect(200);
    const stranger = await logIn(app, 'bruno@example.org');
    await stranger.delete(`${API}/auth/sessions/${body.sessionId}`).expect(404);
    await other.get(`${API}/auth/session`).expect(200);
    await owner.delete(`${API}/auth/sessions/${body.sessionId}`).expect(204);
    await other.get(`${API}/auth/session`).expect(401);
    await owner.delete(`${API}/auth/sessions/${body.sessionId}`).expect(404);
    await owner.delete(`${API}/auth/sessions/not-an-id`).expect(404);
  });

  it('can all be ended but this one', async () => {
    const browsers = await Promise.all([1, 2, 3].map(() => logIn(app, 'bruno@example.org')));
    await browsers[0]!.delete(`${API}/auth/sessions`).expect(204);
    const statuses = await Promise.all(
      browsers.map(async (browser) => (await browser.get(`${API}/auth/session`)).status),
    );
    expect(statuses).toEqual([200, 401, 401]);
  });
});

describe('passwords', () => {
  it('change with the current one; every other session ends and this one goes on', async () => {
    const here = await signUp(app, { email: 'change@example.org' });
    const there = await logIn(app, 'change@example.org');
    const change = (body: object) => here.put(`${API}/auth/password`).send(body);
    const refused = await change({
      currentPassword: 'wrong',
      newPassword: 'nine red umbrellas',
    }).expect(400);
    expect(refused.body.errors).toEqual([faultAt('currentPassword', 'wrong-password')]);
    await change({ currentPassword: PASSWORD, newPassword: 'short' }).expect(400);
    await change({ currentPassword: PASSWORD, newPassword: 'password123' }).expect(400);
    await there.get(`${API}/auth/session`).expect(200);
    await change({ currentPassword: PASSWORD, newPassword: 'nine red umbrellas' }).expect(204);
    await here.get(`${API}/auth/session`).expect(200);
    await there.get(`${API}/auth/session`).expect(401);
    await login('change@example.org', PASSWORD).expect(401);
    await login('change@example.org', 'nine red umbrellas').expect(200);
    await app.mailAbout('change@example.org', 'Your password was changed');
  });

  it('can be chosen anew with a mailed link; every session ends', async () => {
    const browser = await signUp(app, { email: 'forgot@example.org' });
    await app
      .anyone()
      .post(`${API}/auth/password/forgot`)
      .send({ email: 'Forgot@Example.org' })
      .expect(202);
    const token = tokenIn(await app.mail('forgot@example.org', 2));
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: 'qwertyuiop' })
      .expect(400);
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: 'nine red umbrellas' })
      .expect(204);
    await browser.get(`${API}/auth/session`).expect(401);
    await login('forgot@example.org', PASSWORD).expect(401);
    await login('forgot@example.org', 'nine red umbrellas').expect(200);
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: 'ten blue kettles' })
      .expect(410);
  });

  it('are changed by exactly one of 20 who use the same link at once', async () => {
    await signUp(app, { email: 'race@example.org' });
    await app
      .anyone()
      .post(`${API}/auth/password/forgot`)
      .send({ email: 'race@example.org' })
      .expect(202);
    const token = tokenIn(await app.mail('race@example.org', 2));
    const passwords = Array.from({ length: 20 }, (_, index) => `umbrella number ${index}`);
    const outcomes = await Promise.all(
      passwords.map((newPassword) =>
        app.anyone().post(`${API}/auth/password/reset`).send({ token, newPassword }),
      ),
    );
    const winners = passwords.filter((_, index) => outcomes[index]!.status === 204);
    expect(winners).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 410)).toHaveLength(19);
    await login('race@example.org', winners[0]!).expect(200);
  });

  it('are forgotten without telling whether there is an account', async () => {
    const known = await app
      .anyone()
      .post(`${API}/auth/password/forgot`)
      .send({ email: 'ada@example.org' })
      .expect(202);
    const unknown = await app
      .anyone()
      .post(`${API}/auth/password/forgot`)
      .send({ email: 'xyz@example.org' })
      .expect(202);
    expect(unknown.body.message.replace('xyz', 'ada')).toBe(known.body.message);
    await app.mail('ada@example.org', 2);
    expect(await app.mails('xyz@example.org')).toEqual([]);
  });

  it('cannot be set with a link of another kind', async () => {
    await app
      .anyone()
      .post(`${API}/auth/register`)
      .send({
        email: 'kind@example.org',
        password: PASSWORD,
        firstName: 'K',
        lastName: 'I',
        dateOfBirth: '1990-01-01',
      })
      .expect(202);
    const token = tokenIn(await app.mail('kind@example.org'));
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token, newPassword: 'nine red umbrellas' })
      .expect(410);
    await app
      .anyone()
      .post(`${API}/auth/email/verify`)
      .send({ token, password: PASSWORD })
      .expect(200);
  });
});

describe('email addresses', () => {
  it('change once confirmed from the new address, and the old one hears of it', async () => {
    const browser = await signUp(app, { email: 'old@example.org' });
    const ask = (body: object) => browser.post(`${API}/auth/email`).send(body);
    await ask({ newEmail: 'new@example.org', password: 'wrong' }).expect(400);
    await ask({ newEmail: 'OLD@example.org', password: PASSWORD }).expect(400);
    await ask({ newEmail: 'New@Example.org', password: PASSWORD }).expect(202);
    await login('new@example.org', PASSWORD).expect(401);
    const token = tokenIn(await app.mail('new@example.org'));
    // A link for a new password that went to the old address dies with it.
    await app
      .anyone()
      .post(`${API}/auth/password/forgot`)
      .send({ email: 'old@example.org' })
      .expect(202);
    const resetToken = tokenIn(await app.mailAbout('old@example.org', 'Choose a new password'));
    const { body } = await app
      .anyone()
      .post(`${API}/auth/email/verify`)
      .send({ token })
      .expect(200);
    expect(body).toEqual({ purpose: 'email-change', email: 'new@example.org' });
    await login('old@example.org', PASSWORD).expect(401);
    await login('new@example.org', PASSWORD).expect(200);
    await app
      .anyone()
      .post(`${API}/auth/password/reset`)
      .send({ token: resetToken, newPassword: 'nine red umbrellas' })
      .expect(410);
    await app.mailAbout('old@example.org', 'Your account moved to another address');
  });

  it('never move onto an address that has an account, nor tell that it has', async () => {
    const browser = await signUp(app, { email: 'mover@example.org' });
    await signUp(app, { email: 'taken@example.org' });
    await browser
      .post(`${API}/auth/email`)
      .send({ newEmail: 'taken@example.org', password: PASSWORD })
      .expect(202);
    const mail = await app.mail('taken@example.org', 2);
    expect(mail.text).not.toContain('token=');
  });

  it('go to one of two who want the same at once', async () => {
    const [one, two] = [
      await signUp(app, { email: 'one@example.org' }),
      await signUp(app, { email: 'two@example.org' }),
    ];
    await one
      .post(`${API}/auth/email`)
      .send({ newEmail: 'shared@example.org', password: PASSWORD })
      .expect(202);
    const first = tokenIn(await app.mail('shared@example.org', 1));
    await two
      .post(`${API}/auth/email`)
      .send({ newEmail: 'shared@example.org', password: PASSWORD })
      .expect(202);
    const second = tokenIn(await app.mail('shared@example.org', 2));
    const outcomes = await Promise.all(
      [first, second].map((token) => app.anyone().post(`${API}/auth/email/verify`).send({ token })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 410]);
  });
});
