import {
  SessionRenewed,
  SessionsEnded,
  type SessionEndReason,
} from '../../src/modules/auth/auth.domain-events.js';
import { AuthService } from '../../src/modules/auth/auth.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import { refuse, type Refusal } from '../../src/platform/http/problem.js';
import { logIn, PASSWORD, signUp } from '../support/people.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';

type Browser = Awaited<ReturnType<typeof signUp>>;
type Answer = { status: number };

const NEW = 'nine red umbrellas';

let app: TestApp;
let isRefused = false;
const ended: SessionsEnded[] = [];
const renewed: SessionRenewed[] = [];
beforeAll(async () => {
  app = await startTestApp();
  const events = app.get(DomainEvents);
  events.inTransaction(SessionsEnded, async (event) => {
    if (isRefused) throw refuse('unavailable');
    ended.push(event);
  });
  events.inTransaction(SessionRenewed, async (event) => void renewed.push(event));
});
afterAll(() => app.close());

/** Somebody who is logged in with three browsers. */
interface Scene {
  email: string;
  userId: string;
  here: Browser;
  ids: Record<'here' | 'there' | 'away', string>;
}

async function scene(email: string): Promise<Scene> {
  const here = await signUp(app, { email });
  const idOf = async (browser: Browser) =>
    (await browser.get(`${API}/auth/session`).expect(200)).body;
  const { sessionId, user } = await idOf(here);
  const there = await idOf(await logIn(app, email));
  const away = await idOf(await logIn(app, email));
  const ids = { here: sessionId, there: there.sessionId, away: away.sessionId };
  return { email, userId: user.id, here, ids };
}

const live = async ({ ids, userId }: Scene) => {
  const rows = await app
    .get(Database)
    .many<{ id: string }>(sql`SELECT s.id FROM sessions s WHERE s.user_id = ${userId}`);
  return Object.entries(ids)
    .filter(([, id]) => rows.some((row) => row.id === id))
    .map(([name]) => name);
};

const post = (browser: Browser, path: string, body: object) =>
  browser.post(`${API}/auth/${path}`).send(body);

const linkTo = async (email: string, subject: string): Promise<string> =>
  tokenIn(await app.mailAbout(email, subject));

async function askToMove({ here, email }: Scene): Promise<string> {
  await post(here, 'email', { newEmail: `new.${email}`, password: PASSWORD }).expect(202);
  return linkTo(`new.${email}`, 'Confirm your new email address');
}

/** What ends sessions, with its preparation. */
type End = () => PromiseLike<Answer>;

const ENDS: [string, SessionEndReason, string[], (scene: Scene) => End | Promise<End>][] = [
  [
    'logging out',
    'logged-out',
    ['here'],
    ({ here }) =>
      () =>
        post(here, 'logout', {}),
  ],
  [
    'ending one from the list',
    'ended-by-owner',
    ['there'],
    ({ here, ids }) =>
      () =>
        here.delete(`${API}/auth/sessions/${ids.there}`),
  ],
  [
    'ending one’s own from the list',
    'ended-by-owner',
    ['here'],
    ({ here, ids }) =>
      () =>
        here.delete(`${API}/auth/sessions/${ids.here}`),
  ],
  [
    'ending all others',
    'ended-by-owner',
    ['there', 'away'],
    ({ here }) =>
      () =>
        here.delete(`${API}/auth/sessions`),
  ],
  [
    'logging in again in the same browser',
    'replaced',
    ['here'],
    ({ here, email }) =>
      () =>
        post(here, 'login', { email, password: PASSWORD }),
  ],
  [
    'changing the password',
    'credentials-changed',
    ['there', 'away'],
    ({ here }) =>
      () =>
        here.put(`${API}/auth/password`).send({ currentPassword: PASSWORD, newPassword: NEW }),
  ],
  [
    'choosing a new password with a link',
    'credentials-changed',
    ['here', 'there', 'away'],
    async ({ here, email }) => {
      await post(here, 'password/forgot', { email }).expect(202);
      const token = await linkTo(email, 'Choose a new password');
      return () => post(here, 'password/reset', { token, newPassword: NEW });
    },
  ],
  [
    'confirming a new address',
    'credentials-changed',
    ['there', 'away'],
    async (at) => {
      const token = await askToMove(at);
      return () => post(at.here, 'email/verify', { token });
    },
  ],
  [
    'confirming a new address in a browser without session',
    'credentials-changed',
    ['here', 'there', 'away'],
    async (at) => {
      const token = await askToMove(at);
      return () => post(app.browser(), 'email/verify', { token });
    },
  ],
  [
    'bringing the account back',
    'credentials-changed',
    ['here'],
    async (at) => {
      await post(at.here, 'email/verify', { token: await askToMove(at) }).expect(200);
      const token = await linkTo(at.email, 'Your account moved to another address');
      return () => post(app.browser(), 'email/return', { token, newPassword: NEW });
    },
  ],
  [
    'the clean-up after they expired',
    'expired',
    ['there', 'away'],
    async ({ ids }) => {
      const past = new Date(Date.now() - 1).toISOString();
      await app.get(Database).transaction((transaction) =>
        transaction.run(sql`
          UPDATE sessions SET expires_at = ${past} WHERE id IN (${ids.there}, ${ids.away})`),
      );
      return async () => {
        try {
          await app.get(AuthService)['cleanUp']();
          return { status: 200 };
        } catch (error) {
          return { status: (error as Refusal).getStatus() };
        }
      };
    },
  ],
];

describe('sessions that end are announced, and end only with their announcement', () => {
  it.each(ENDS)('%s', async (name, reason, who, prepare) => {
    const at = await scene(`end${ENDS.findIndex(([one]) => one === name)}@example.org`);
    const end = await prepare(at);
    const before = await live(at);
    isRefused = true;
    expect((await end()).status).toBe(503);
    isRefused = false;
    expect(await live(at)).toEqual(before);

    ended.length = 0;
    expect([200, 204]).toContain((await end()).status);
    expect(await live(at)).toEqual(before.filter((one) => !who.includes(one)));
    expect(ended).toEqual([new SessionsEnded(at.userId, expect.any(Array), reason)]);
    const ids = who.map((one) => at.ids[one as keyof Scene['ids']]);
    expect([...ended[0]!.sessionIds].sort()).toEqual(ids.sort());
  });

  it('for every person apart', async () => {
    const scenes = [await scene('apart1@example.org'), await scene('apart2@example.org')];
    const past = new Date(Date.now() - 1).toISOString();
    await app.get(Database).transaction((transaction) =>
      transaction.run(
        sql`UPDATE sessions SET expires_at = ${past}
            WHERE user_id IN (${scenes[0]!.userId}, ${scenes[1]!.userId})`,
      ),
    );
    ended.length = 0;
    await app.get(AuthService)['cleanUp']();
    const found = new Map(ended.map((event) => [event.userId, [...event.sessionIds].sort()]));
    expect(found).toEqual(
      new Map(scenes.map(({ userId, ids }) => [userId, Object.values(ids).sort()])),
    );
  });

  it('but not when none has ended', async () => {
    const browser = await signUp(app, { email: 'none@example.org' });
    ended.length = 0;
    await browser.delete(`${API}/auth/sessions`).expect(204);
    await logIn(app, 'none@example.org');
    await browser
      .put(`${API}/auth/password`)
      .send({ currentPassword: 'not the password', newPassword: NEW })
      .expect(400);
    await app.get(AuthService)['cleanUp']();
    expect(ended).toEqual([]);
  });
});

it('a session that gets a new secret is announced too', async () => {
  const at = await scene('renewed@example.org');
  renewed.length = 0;
  await at.here
    .put(`${API}/auth/password`)
    .send({ currentPassword: PASSWORD, newPassword: NEW })
    .expect(204);
  expect(renewed).toEqual([new SessionRenewed(at.userId, at.ids.here)]);
});
