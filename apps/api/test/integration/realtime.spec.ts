import { setTimeout as sleep } from 'node:timers/promises';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Redis } from '../../src/platform/redis/redis.js';
import { Presence } from '../../src/platform/realtime/presence.js';
import { Realtime } from '../../src/platform/realtime/realtime.service.js';
import { PASSWORD, logIn } from '../support/people.js';
import { connected, cookieOf, lineOf, somebody, type Line } from '../support/sockets.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { describeWithRedis } from '../support/redis.js';
import { useTwoProcesses } from '../support/two-processes.js';
import { until } from '../support/until.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let people = 0;
const person = () => somebody(app, `person.${people++}@example.org`);
const ends = (line: Line) => until('the connection ended', () => !line.connected);
/** What the line was told, by name. */
const told = (line: Line) => {
  const names: string[] = [];
  line.onAny((name: string) => names.push(name));
  return names;
};

describe('a socket', () => {
  it.each(['websocket', 'polling'])('opens by session cookie over %s', async (transport) => {
    const ada = await person();
    const line = await ada.open({ transports: [transport] });
    expect(line.connected).toBe(true);
    line.close();
  });

  it.each([
    ['nobody', () => null],
    ['a made-up session', () => 'echomate_session=s%3Anonsense.nonsense'],
  ])('is refused to %s', async (_, cookie) => {
    await expect(connected(lineOf(app, cookie()))).rejects.toThrow();
  });

  it('is refused to a session that has ended', async () => {
    const ada = await person();
    await ada.browser.post(`${API}/auth/logout`).expect(204);
    await expect(ada.open()).rejects.toThrow();
  });

  it.each(['websocket', 'polling'])(
    'is refused to pages of other sites over %s',
    async (transport) => {
      const ada = await person();
      const from = (headers: Record<string, string>) =>
        ada.open({ transports: [transport], extraHeaders: headers });
      await expect(from({ origin: 'https://evil.example' })).rejects.toThrow();
      await expect(from({ 'sec-fetch-site': 'cross-site' })).rejects.toThrow();
      const { publicUrl } = app.config;
      (await from({ origin: publicUrl.origin })).close();
    },
  );

  it('does not believe an address or host that a stranger claims', async () => {
    const ada = await person();
    await expect(
      ada.open({
        extraHeaders: {
          origin: 'https://evil.example',
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
        },
      }),
    ).rejects.toThrow();
  });

  it('has no other namespaces', async () => {
    const ada = await person();
    const line = await ada.open();
    const other = line.io.socket('/admin');
    const refused = new Promise((resolve) => other.once('connect_error', resolve));
    other.connect();
    await expect(refused).resolves.toThrow('Invalid namespace');
    line.close();
  });
});

describe('a push', () => {
  it('reaches every page of the person and of nobody else', async () => {
    const [ada, ben] = [await person(), await person()];
    const [one, two, bens] = [
      await ada.open(),
      await ada.open({ transports: ['polling'] }),
      await ben.open(),
    ];
    const heard = [one, two, bens].map(told);
    // Whoever guesses the name of a room does not get into it.
    (bens as unknown as { emit(name: string, room: string): void }).emit('join', `user:${ada.id}`);
    app.get(Realtime).push([ada.id], 'session.ended');
    await until('both pages heard', () => heard[0]!.length && heard[1]!.length);
    await sleep(100);
    expect(heard).toEqual([['session.ended'], ['session.ended'], []]);
    for (const line of [one, two, bens]) line.close();
  });
});

describe('the end of a session ends its sockets', () => {
  it('at log-out, and only those', async () => {
    const ada = await person();
    const there = await logIn(app, `person.${people - 1}@example.org`);
    const [line, other] = [await ada.open(), await connected(lineOf(app, cookieOf(app, there)))];
    const heard = told(line);
    await ada.browser.post(`${API}/auth/logout`).expect(204);
    await ends(line);
    expect(heard).toEqual(['session.ended']);
    expect(other.connected).toBe(true);
    await app.anyone().get(`${API}/health/live`);
    other.close();
  });

  it('from another device, by a new password, and with the account', async () => {
    const ada = await person();
    const email = `person.${people - 1}@example.org`;
    const devices = [await logIn(app, email), await logIn(app, email), await logIn(app, email)];
    const lines = await Promise.all(
      devices.map((device) => connected(lineOf(app, cookieOf(app, device)))),
    );
    const { body } = await devices[0]!.get(`${API}/auth/session`);
    await ada.browser.delete(`${API}/auth/sessions/${body.sessionId}`).expect(204);
    await ends(lines[0]!);
    expect(lines[1]!.connected).toBe(true);
    await ada.browser
      .put(`${API}/auth/password`)
      .send({ currentPassword: PASSWORD, newPassword: 'nine yellow umbrellas' })
      .expect(204);
    await ends(lines[1]!);
    await ends(lines[2]!);
    const own = await connected(lineOf(app, cookieOf(app, ada.browser)));
    await app
      .get(Database)
      .transaction((transaction) =>
        app.get(AccountStatesService).hide(transaction, ada.id, 'suspended'),
      );
    await ends(own);
  });
});

describeWithRedis('two processes with one Redis', (REDIS_URL) => {
  const nodes = useTwoProcesses(REDIS_URL);

  it('push to pages on either, and end their sockets', async () => {
    const [here, there] = nodes();
    const ada = await somebody(here, `person.${people++}@example.org`);
    const ben = await somebody(here, `person.${people++}@example.org`);
    const [line, bens] = [
      await connected(lineOf(there, ada.cookie)),
      await connected(lineOf(there, ben.cookie)),
    ];
    const heard = told(line);
    await until('they know each other', async () => {
      here.get(Realtime).push([ada.id], 'session.ended');
      await sleep(50);
      return heard.length > 0;
    });
    expect(await here.get(Presence).online([ada.id, ben.id])).toEqual(new Set([ada.id, ben.id]));
    await ada.browser.post(`${API}/auth/logout`).expect(204);
    await ends(line);
    expect(bens.connected).toBe(true);
    bens.close();
    await until('nobody is there', async () => {
      const online = await here.get(Presence).online([ada.id, ben.id]);
      return online.size === 0;
    });
  });

  it('count sockets and tries together', async () => {
    const eve = await somebody(nodes()[0], `person.${people++}@example.org`);
    const lines = await Promise.all(
      Array.from({ length: 30 }, (_, at) => connected(lineOf(nodes()[at % 2]!, eve.cookie))),
    );
    const extra = await connected(lineOf(nodes()[1], eve.cookie)).catch(() => null);
    if (extra) await ends(extra);
    expect(lines.every(({ connected }) => connected)).toBe(true);
    for (const line of lines) line.close();
  });

  it('know after a crash of one that its people are gone', async () => {
    const presence = nodes()[1].get(Presence);
    const ada = await somebody(nodes()[0], `person.${people++}@example.org`);
    const line = await connected(lineOf(nodes()[0], ada.cookie));
    await until('she is seen', async () => (await presence.online([ada.id])).size);
    // What a process leaves that cannot say good-bye: entries that nobody renews.
    const client = nodes()[1].get(Redis).client!;
    const [socket] = await client.zRange(`echomate:sockets:${ada.id}`, 0, 0);
    await client.zAdd(`echomate:sockets:${ada.id}`, { score: Date.now() - 1, value: socket! });
    expect(await presence.online([ada.id])).toEqual(new Set());
    line.close();
  });
});
