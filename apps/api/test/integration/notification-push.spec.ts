import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { NotificationPreferencesRequest } from '@echomate/contracts/notifications.dto';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { idAt } from '../../src/platform/database/ids.js';
import { sql } from '../../src/platform/database/statements.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { Looking } from '../../src/platform/realtime/presence.js';
import { between, openPage, read, roomOf, said } from '../support/chat.js';
import { found, letIn } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { killNodes, startNode } from '../support/node-to-kill.js';
import { allTold, toldTo } from '../support/notifications.js';
import { logIn, PASSWORD } from '../support/people.js';
import { comment, get, write } from '../support/posts.js';
import { proven, pushService } from '../support/push-service.js';
import { insertPeople, insertPost } from '../support/rows.js';
import { API, startTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const SETTINGS = { PRIVATE_ADDRESSES: 'on' };
const place = neighbourhood(SETTINGS);
let service: Awaited<ReturnType<typeof pushService>>;
beforeAll(async () => {
  service = await pushService();
});
beforeEach(() => {
  service.pushed.length = service.asked.length = service.statuses.length = 0;
});
afterAll(() => service.close());

const database = () => place.app.get(Database);
const put = (who: Pick<Person, 'browser'>, path: string, body: object = {}) =>
  who.browser.put(`${API}/${path}`).send(body);
const choose = (who: Person, changes: NotificationPreferencesRequest) =>
  who.browser.patch(`${API}/notifications/preferences`).send(changes).expect(200);
const devicesOf = async (who: Pick<Person, 'browser'>) =>
  (await who.browser.get(`${API}/notifications/push`).expect(200)).body.devices as {
    id: string;
    isCurrent: boolean;
  }[];

/** Turns pushes on in a browser. Returns where they arrive. */
async function turnOn(who: Pick<Person, 'browser'>): Promise<string> {
  const subscription = service.subscribe();
  await put(who, 'notifications/push', subscription).expect(204);
  return new URL(subscription.endpoint).pathname;
}

const isNoneWaiting = async () => {
  await allTold(place.app);
  const waiting = await database().one(
    sql`SELECT id FROM jobs WHERE kind = 'notifications.push' LIMIT 1`,
  );
  return !waiting;
};
/** Everything is told and pushed. */
const settled = () => until('nothing waits', isNoneWaiting);
const bodies = () => service.pushed.map(({ words }) => words.body);

const due = (moment = new Date()) =>
  database().transaction((transaction) =>
    transaction.run(
      sql`UPDATE jobs SET run_at = ${moment.toISOString()} WHERE kind = 'notifications.push'`,
    ),
  );

/** An hour before and after now. */
const aroundNow = (): NotificationPreferencesRequest => {
  const at = (hours: number) => new Date(Date.now() + hours * 3600_000).toISOString().slice(11, 16);
  return { zone: 'UTC', quietFrom: at(-1), quietTo: at(1) };
};

async function quietOver(who: Person): Promise<void> {
  await allTold(place.app);
  await until('what came waits for the end', async () => {
    const waiting = await database().many<{ runAt: string; attempts: number }>(
      sql`SELECT run_at AS "runAt", attempts FROM jobs WHERE kind = 'notifications.push'`,
    );
    const soon = Date.now() + 30 * 60_000;
    return waiting.every(({ runAt, attempts }) => !attempts && Date.parse(runAt) > soon);
  });
  expect(service.asked).toEqual([]);
  await choose(who, { quietFrom: null, quietTo: null });
  await due();
  await settled();
}

const people = async (...names: string[]) => (await place.newPeople(...names)) as [Person, Person];

describe('a push', () => {
  it('says how many of what, encrypted for the browser and signed by this installation', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const path = await turnOn(ada);
    const post = await write(ada, { content: 'Ripe plums' });
    await comment(bruno, post, { content: 'Behind the shed' });
    await settled();
    expect(service.pushed).toHaveLength(1);
    const [pushed] = service.pushed;
    expect(pushed!.words).toEqual({
      title: 'Echomate',
      body: '1 new comment.',
      tag: 'notifications',
      to: '/notifications',
    });
    expect(pushed!.path).toBe(path);
    expect(pushed!.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '86400',
      topic: 'notifications',
    });
    const { publicKey } = await get(ada, 'notifications/push');
    expect(proven(pushed!.headers, publicKey)).toMatchObject({
      aud: service.origin,
      sub: place.app.config.pushContact,
    });
  });

  it('comes to each device of the person once, and of what they chose', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const phone = { browser: await logIn(place.app, ada.email) };
    const paths = [await turnOn(ada), await turnOn(phone)];
    const post = await write(ada);
    await put(bruno, `posts/${post.id}/like`);
    await comment(bruno, post);
    await settled();
    expect(service.pushed.map(({ path }) => path).sort()).toEqual(paths.sort());
    await choose(ada, {
      choices: [
        { topic: 'comment', channel: 'push', isOn: false },
        { topic: 'like', channel: 'push', isOn: true },
      ],
    });
    const other = await write(ada);
    await comment(bruno, other);
    await put(bruno, `posts/${other.id}/like`);
    await settled();
    expect(bodies().slice(2)).toEqual(['1 new like.', '1 new like.']);
  });

  it('comes of private messages that are not muted, not requests, and not of a group', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    await choose(ada, { choices: [{ topic: 'group-invitation', channel: 'push', isOn: false }] });
    await follow(bruno, ada);
    await follow(ada, bruno);
    await turnOn(ada);
    const conversation = await between(bruno, ada);
    await said(bruno, conversation, 'Meet me at the pond');
    await settled();
    expect(service.pushed.map(({ words }) => words)).toEqual([
      { title: 'Echomate', body: '1 new message.', tag: 'messages', to: '/messages' },
    ]);
    const group = await found(bruno);
    await letIn(bruno, group, ada);
    await said(bruno, await roomOf(bruno, group), 'Hello everyone');
    await ada.browser.patch(`${API}/conversations/${conversation.id}`).send({ isMuted: true });
    await said(bruno, conversation, 'Where are you');
    await settled();
    expect(service.pushed).toHaveLength(1);
  });

  it('never comes of a message request, until it was accepted', async () => {
    const [bruno] = await people('Bruno');
    const pia = await place.newPerson('Pia', { visibility: 'private' });
    await turnOn(pia);
    await choose(pia, { choices: [{ topic: 'follow-request', channel: 'push', isOn: false }] });
    await follow(bruno, pia);
    await pia.browser.post(`${API}/follow-requests/${bruno.id}/accept`).expect(204);
    const conversation = await between(bruno, pia);
    await said(bruno, conversation, 'May I ask you something?');
    await settled();
    expect(service.asked).toEqual([]);
    await pia.browser.post(`${API}/conversations/${conversation.id}/accept`).expect(200);
    await said(bruno, conversation, 'Thank you');
    await settled();
    expect(bodies()).toEqual(['1 new message.']);
  });

  it('does not come to somebody who looks at a page', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    await turnOn(ada);
    const page = await openPage(place.app, ada);
    const looking = place.app.get(Looking);
    const isLooking = async () => (await looking.online([ada.id])).has(ada.id);
    const post = await write(ada);
    // Open, but in the background.
    await comment(bruno, post);
    await settled();
    expect(service.pushed).toHaveLength(1);
    page.line.emit('looking', true);
    await until('the page is looked at', isLooking);
    await comment(bruno, post);
    await settled();
    page.line.emit('looking', false);
    await until('nobody looks', async () => !(await isLooking()));
    await comment(bruno, post);
    await settled();
    expect(service.pushed).toHaveLength(2);
    page.line.emit('looking', true);
    await until('the page is looked at', isLooking);
    page.close();
    await until('it is closed', async () => !(await isLooking()));
  });
});

describe('during quiet hours', () => {
  it('nothing comes, and afterwards one push sums it up', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    await follow(ada, bruno);
    await turnOn(ada);
    await choose(ada, aroundNow());
    const { handle } = await get(ada, 'users/me');
    await comment(bruno, await write(ada));
    await comment(bruno, await write(ada));
    await write(bruno, { content: `Ask @${handle}` });
    await said(bruno, await between(bruno, ada), 'Are you asleep?');
    await allTold(place.app);
    const jobs = () =>
      database().many(sql`SELECT attempts FROM jobs WHERE kind = 'notifications.push'`);
    await until('all of it waits in one job', async () => (await jobs()).length === 1);
    await quietOver(ada);
    expect(bodies()).toEqual(['3 new notifications and 1 new message.']);
  });

  it('sums up the newest, however many messages came', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    await follow(ada, bruno);
    await turnOn(ada);
    await choose(ada, aroundNow());
    await said(bruno, await between(bruno, ada), 'Are you asleep?');
    await comment(bruno, await write(ada));
    const waiting = () =>
      database().many<{ id: string; payload: string }>(
        sql`SELECT id, payload FROM jobs WHERE kind = 'notifications.push' AND attempts = 0`,
      );
    await allTold(place.app);
    await until('it waits in one job', async () => (await waiting()).length === 1);
    const [job] = await waiting();
    const held = JSON.parse(job!.payload) as { messageIds: string[] };
    held.messageIds.unshift(
      ...Array.from(
        { length: 40_000 },
        () => idAt(Date.now() - 3600_000).slice(0, -12) + randomBytes(6).toString('hex'),
      ),
    );
    await database().transaction((transaction) =>
      transaction.run(sql`UPDATE jobs SET payload = ${JSON.stringify(held)} WHERE id = ${job!.id}`),
    );
    await quietOver(ada);
    expect(bodies()).toEqual(['1 new comment and 1 new message.']);
  });

  const STEPS: Record<string, (ada: Person, bruno: Person, postId: string) => Promise<unknown>> = {
    narrowed: async (_ada, bruno, id) =>
      bruno.browser.patch(`${API}/posts/${id}`).send({ audience: 'me' }).expect(200),
    deleted: async (_ada, bruno, id) => bruno.browser.delete(`${API}/posts/${id}`).expect(204),
    blocked: async (ada, bruno) => put(bruno, `users/me/blocks/${ada.id}`).expect(204),
    muted: async (ada, bruno) => put(ada, `users/me/mutes/${bruno.id}`).expect(204),
    read: async (ada) => put(ada, 'notifications/read').expect(204),
    seen: async (ada) => {
      const { newest: upTo } = await get(ada, 'notifications');
      await put(ada, 'notifications/seen', { upTo }).expect(204);
    },
    'turned off': (ada) =>
      choose(ada, { choices: [{ topic: 'mention', channel: 'push', isOn: false }] }),
    'turned off in the app': (ada) =>
      choose(ada, { choices: [{ topic: 'mention', channel: 'app', isOn: false }] }),
    'removed from the list of devices': async (ada) => {
      const [device] = await devicesOf(ada);
      await ada.browser.delete(`${API}/notifications/push/${device!.id}`).expect(204);
    },
  };
  it.each(Object.keys(STEPS))('what is %s meanwhile is not pushed', async (how) => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    await turnOn(ada);
    await choose(ada, aroundNow());
    const { handle } = await get(ada, 'users/me');
    const post = await write(bruno, { content: `Secret plums @${handle}` });
    await toldTo(place.app, ada);
    await STEPS[how]!(ada, bruno, post.id);
    await quietOver(ada);
    expect(service.asked).toEqual([]);
  });

  it.each(['read', 'deleted'])('a message that is %s meanwhile is not pushed', async (how) => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    await follow(ada, bruno);
    await turnOn(ada);
    await choose(ada, aroundNow());
    const conversation = await between(bruno, ada);
    const message = await said(bruno, conversation, 'Never mind');
    if (how === 'read') await read(ada, conversation, message);
    else await bruno.browser.delete(`${API}/messages/${message.id}`).expect(204);
    await quietOver(ada);
    expect(service.asked).toEqual([]);
  });
});

describe('a device', () => {
  const ENDS: Record<string, (ada: Person, phone: Pick<Person, 'browser'>) => Promise<unknown>> = {
    'its log-out': async (_ada, phone) => phone.browser.post(`${API}/auth/logout`).expect(204),
    'being ended from another one': async (ada, phone) => {
      const { sessionId } = (await phone.browser.get(`${API}/auth/session`)).body;
      await ada.browser.delete(`${API}/auth/sessions/${sessionId}`).expect(204);
    },
    'a change of password': async (ada) =>
      put(ada, 'auth/password', {
        currentPassword: PASSWORD,
        newPassword: 'nine red umbrellas',
      }).expect(204),
    'a suspension': async (ada) =>
      database().transaction((transaction) =>
        place.app.get(AccountStatesService).hide(transaction, ada.id, 'suspended'),
      ),
  };
  it.each(Object.keys(ENDS))('gets nothing after %s', async (how) => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const phone = { browser: await logIn(place.app, ada.email) };
    await turnOn(phone);
    const post = await write(ada);
    await ENDS[how]!(ada, phone);
    const kept = await database().many(
      sql`SELECT session_id FROM push_subscriptions WHERE user_id = ${ada.id}`,
    );
    expect(kept).toEqual([]);
    if (how !== 'a suspension') await comment(bruno, post);
    await settled();
    expect(service.asked).toEqual([]);
  });

  it('belongs to whoever turned it on there last', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const subscription = service.subscribe();
    await put(ada, 'notifications/push', subscription).expect(204);
    await put(ada, 'notifications/push', subscription).expect(204);
    expect(await devicesOf(ada)).toHaveLength(1);
    await put(bruno, 'notifications/push', subscription).expect(204);
    expect(await devicesOf(ada)).toEqual([]);
    await comment(bruno, await write(ada));
    await settled();
    expect(service.asked).toEqual([]);
  });

  it('is seen and removed by its owner only, and says nothing of where pushes go', async () => {
    const [ada, eve] = await people('Ada', 'Eve');
    const subscription = service.subscribe();
    await put(ada, 'notifications/push', subscription).expect(204);
    const { body } = await ada.browser.get(`${API}/notifications/push`).expect(200);
    expect(body.devices).toMatchObject([{ isCurrent: true, device: expect.any(String) }]);
    expect(JSON.stringify(body)).not.toContain(service.origin);
    const [device] = body.devices;
    await eve.browser.delete(`${API}/notifications/push/${device.id}`).expect(404);
    expect(await devicesOf(eve)).toEqual([]);
    await place.app.anyone().get(`${API}/notifications/push`).expect(401);
    await place.app.anyone().put(`${API}/notifications/push`).send(subscription).expect(401);
    await ada.browser.delete(`${API}/notifications/push/${device.id}`).expect(204);
    await ada.browser.delete(`${API}/notifications/push/${device.id}`).expect(404);
  });

  it('is one of twenty at most', async () => {
    const [ada] = await people('Ada');
    for (let at = 0; at < 21; at++) await turnOn({ browser: await logIn(place.app, ada.email) });
    expect(await devicesOf(ada)).toHaveLength(20);
  });

  it.each([
    ['endpoint', { endpoint: 'push.example.org' }],
    ['endpoint', { endpoint: 'ftp://push.example.org/x' }],
    ['endpoint', { endpoint: `https://push.example.org/${'x'.repeat(1000)}` }],
    ['endpoint', { endpoint: 'https://ada:secret@push.example.org/x' }],
    ['keys.p256dh', { keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) } }],
    ['keys.auth', { keys: { p256dh: 'A'.repeat(87), auth: 'short' } }],
    ['keys', { keys: null }],
    ['keys', { keys: 'both' }],
    ['more', { more: 1 }],
  ])('must have an address and keys that work: %s', async (_field, wrong) => {
    const [ada] = await people('Ada');
    await put(ada, 'notifications/push', { ...service.subscribe(), ...wrong }).expect(400);
    expect(await devicesOf(ada)).toEqual([]);
  });

  it('is never inside the server’s own network, unless a test says so', async () => {
    const app = await startTestApp();
    const { signUp } = await import('../support/people.js');
    const browser = await signUp(app, { email: 'ada@example.net' });
    const { keys } = service.subscribe();
    const answerTo = async (endpoint: string) =>
      (await browser.put(`${API}/notifications/push`).send({ endpoint, keys })).status;
    for (const host of ['127.0.0.1', '[::1]', '10.0.0.1', 'localhost', 'redis', '169.254.169.254'])
      expect(await answerTo(`https://${host}/x`)).toBe(400);
    expect(await answerTo('http://push.example.org/x')).toBe(400);
    expect(await answerTo('https://push.example.org/x')).toBe(204);
    await app.close();
  });
});

describe('a push service that', () => {
  const pushTo = async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    await turnOn(ada);
    await comment(bruno, await write(ada));
    await allTold(place.app);
    return ada;
  };

  it.each([404, 410])('no longer knows a browser (%i) is not asked again', async (status) => {
    service.statuses.push(status);
    const ada = await pushTo();
    await settled();
    expect(await devicesOf(ada)).toEqual([]);
    expect(service.asked).toHaveLength(1);
  });

  it.each([429, 500, 503])(
    'is busy (%i) is asked again, until it has taken it once',
    async (status) => {
      service.statuses.push(status, status);
      const ada = await pushTo();
      for (const attempt of [1, 2]) {
        await until(`attempt ${attempt} failed`, async () =>
          database().one(sql`
          SELECT id FROM jobs
          WHERE kind = 'notifications.push' AND attempts = ${attempt} AND last_error IS NOT NULL`),
        );
        await due();
      }
      await settled();
      await sleep(50);
      expect(service.asked).toHaveLength(3);
      expect(bodies()).toEqual(['1 new comment.']);
      expect(await devicesOf(ada)).toHaveLength(1);
    },
  );

  it('refuses it for good (400) is not asked again', async () => {
    service.statuses.push(400);
    const ada = await pushTo();
    await settled();
    expect(service.asked).toHaveLength(1);
    expect(await devicesOf(ada)).toHaveLength(1);
  });
});

describe('several processes', () => {
  afterAll(killNodes);

  it('have the same keys, and send what a killed one left, once', async () => {
    const workers = jest.spyOn(Jobs.prototype, 'onApplicationBootstrap').mockResolvedValue();
    const files = await createTestDatabase();
    const app = await startTestApp(SETTINGS, BODY_KINDS, files);
    workers.mockRestore();
    const environment = { ...app.environment, ...SETTINGS };
    const [ada, bruno] = (await insertPeople(app.get(Database), 2)) as [string, string];
    const { endpoint, keys } = service.subscribe();
    const sessionId = ada;
    const later = new Date(Date.now() + 3600_000).toISOString();
    const now = new Date().toISOString();
    const postId = await app.get(Database).transaction(async (transaction) => {
      await transaction.run(sql`
        INSERT INTO sessions (id, token_hash, user_id, device, created_at, last_seen_at, expires_at)
        VALUES (${sessionId}, 'x', ${ada}, 'Firefox', ${now}, ${now}, ${later})`);
      return insertPost(transaction, ada, 'public');
    });
    const nodes = await Promise.all([
      startNode(environment, { works: ['notifications.of-comments'] }),
      startNode(environment, { works: [] }),
    ]);
    const subscriptions = {
      path: 'modules/notifications/push-subscriptions.service',
      service: 'PushSubscriptionsService',
    };
    const made = await Promise.all(
      nodes.map((node) => node.call<object>({ ...subscriptions, method: 'keys', values: [] })),
    );
    expect(made[0]).toMatchObject({ publicKey: expect.any(String) });
    expect((made[1] as { publicKey: string }).publicKey).toBe(
      (made[0] as { publicKey: string }).publicKey,
    );
    await nodes[0]!.call({
      ...subscriptions,
      method: 'add',
      values: [
        { userId: ada, sessionId },
        { endpoint, keys },
      ],
    });
    await nodes[0]!.call({
      path: 'modules/posts/comments.service',
      service: 'CommentsService',
      method: 'create',
      values: [bruno, postId, { content: 'Nice' }],
    });
    const waiting = () =>
      app.get(Database).one(sql`SELECT id FROM jobs WHERE kind = 'notifications.push'`);
    await until('a push waits', waiting);
    for (const node of nodes) await node.kill();
    const works = ['notifications.push'];
    const next = await Promise.all([
      startNode(environment, { works }),
      startNode(environment, { works }),
    ]);
    await until('it is sent', async () => !(await waiting()));
    for (const node of next) await node.kill();
    expect(bodies()).toEqual(['1 new comment.']);
    await app.close();
  });
});
