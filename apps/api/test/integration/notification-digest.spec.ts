import { jest } from '@jest/globals';
import type { NotificationPreferencesRequest } from '@echomate/contracts/notifications.dto';
import { digestToken } from '../../src/modules/notifications/digest-token.js';
import { DigestsService } from '../../src/modules/notifications/digests.service.js';
import { nextAtHour } from '../../src/modules/notifications/notification-times.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { SmtpTransport } from '../../src/platform/mail/smtp.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { killNodes, startNode } from '../support/node-to-kill.js';
import { allTold } from '../support/notifications.js';
import { comment, get, write } from '../support/posts.js';
import { insertPeople } from '../support/rows.js';
import { smtpServer } from '../support/smtp.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const place = neighbourhood();
const SUBJECT = /new notification/;
const database = () => place.app.get(Database);
const put = (who: Person, path: string, body: object = {}) =>
  who.browser.put(`${API}/${path}`).send(body);
const choose = (who: Person, changes: NotificationPreferencesRequest) =>
  who.browser.patch(`${API}/notifications/preferences`).send(changes).expect(200);

const digests = async (who: Person) =>
  (await place.app.mails(who.email)).filter(({ subject }) => SUBJECT.test(subject));

const noJobs = (app: TestApp) =>
  until('no email waits', async () => {
    const waiting = await app
      .get(Database)
      .one(sql`SELECT id FROM jobs WHERE kind = 'notifications.mail-digest' LIMIT 1`);
    return !waiting;
  });

/** Another day has passed. Returns all that the person was mailed. */
async function aDayLater(who: Person) {
  await allTold(place.app);
  await place.app.get(DigestsService).takeDue(new Date(Date.now() + 30 * 3600_000));
  await noJobs(place.app);
  return digests(who);
}

const dueAt = async ({ id }: Person) => {
  await allTold(place.app);
  const row = await database().one<{ dueAt: string | null }>(
    sql`SELECT due_at AS "dueAt" FROM notification_digests WHERE user_id = ${id}`,
  );
  return row?.dueAt ? new Date(row.dueAt).toISOString() : null;
};

describe('the daily email', () => {
  it('says once what was not read, in names and numbers', async () => {
    const [ada, bruno, chidi] = await place.newPeople('Ada', 'Bruno', 'Chidi');
    const post = await write(ada!, { content: 'Ripe plums' });
    await comment(bruno!, post, { content: 'Behind the shed' });
    await allTold(place.app);
    await comment(chidi!, post, { content: 'Under the tree' });
    await put(bruno!, `posts/${post.id}/like`);
    const [mail, ...others] = await aDayLater(ada!);
    expect(others).toEqual([]);
    expect(mail!.subject).toBe('1 new notification');
    expect(mail!.text).toMatch(/• Chidi \w+ and Bruno \w+ commented on your post\.\n/);
    expect(mail!.text).not.toMatch(/plums|shed|tree|liked/);
    expect(mail!.text).toMatch(/\n\nEchomate$/);
    expect(mail!.text).toContain(new URL('/notifications', place.app.config.publicUrl).href);
    expect(await aDayLater(ada!)).toHaveLength(1);
    // The same notification, with something new.
    await comment(bruno!, post, { content: 'Or on the roof' });
    const [second] = await aDayLater(ada!);
    expect(second!.text).toMatch(/• Bruno \w+ and Chidi \w+ commented/);
    expect(await aDayLater(ada!)).toHaveLength(2);
    expect(await digests(bruno!)).toEqual([]);
  });

  it('is not sent for what was read, or is not wanted', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const post = await write(ada);
    await comment(bruno, post);
    await allTold(place.app);
    await put(ada, 'notifications/read').expect(204);
    expect(await aDayLater(ada)).toEqual([]);
    await choose(ada, { choices: [{ topic: 'comment', channel: 'email', isOn: false }] });
    await comment(bruno, post);
    expect(await dueAt(ada)).toBeNull();
    await choose(ada, { choices: [{ topic: 'like', channel: 'email', isOn: true }] });
    await put(bruno, `posts/${post.id}/like`);
    const [mail] = await aDayLater(ada);
    expect(mail!.text).toContain('liked your post.');
    expect(mail!.text).not.toContain('commented');
    // Off in the app is off everywhere.
    await choose(ada, { choices: [{ topic: 'like', channel: 'app', isOn: false }] });
    const other = await write(ada);
    await put(bruno, `posts/${other.id}/like`);
    expect(await aDayLater(ada)).toHaveLength(1);
  });

  it.each(['narrowed', 'deleted', 'blocked', 'muted', 'reader suspended', 'off'])(
    'is not sent if meanwhile %s',
    async (how) => {
      const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
      const { handle } = await get(ada, 'users/me');
      const post = await write(bruno, { content: `Secret plums @${handle}` });
      expect(await dueAt(ada)).not.toBeNull();
      const hide = (id: string) =>
        database().transaction((transaction) =>
          place.app.get(AccountStatesService).hide(transaction, id, 'suspended'),
        );
      const steps: Record<string, () => Promise<unknown>> = {
        narrowed: async () =>
          bruno.browser.patch(`${API}/posts/${post.id}`).send({ audience: 'me' }).expect(200),
        deleted: async () => bruno.browser.delete(`${API}/posts/${post.id}`).expect(204),
        blocked: async () => put(bruno, `users/me/blocks/${ada.id}`).expect(204),
        muted: async () => put(ada, `users/me/mutes/${bruno.id}`).expect(204),
        'reader suspended': () => hide(ada.id),
        off: async () => choose(ada, { digestHour: null }),
      };
      await steps[how]!();
      expect(await aDayLater(ada)).toEqual([]);
    },
  );

  it('names only those whom its reader may see', async () => {
    const [ada, bruno, chidi] = (await place.newPeople('Ada', 'Bruno', 'Chidi')) as Person[];
    const post = await write(ada!);
    await comment(bruno!, post);
    await allTold(place.app);
    await comment(chidi!, post);
    await allTold(place.app);
    await put(chidi!, `users/me/blocks/${ada!.id}`).expect(204);
    const [mail] = await aDayLater(ada!);
    expect(mail!.text).toMatch(/• Bruno \w+ commented/);
    expect(mail!.text).not.toContain('Chidi');
  });

  it('comes at the chosen hour of the person’s zone', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const at = (hour: number, zone: string) => nextAtHour(hour, zone, new Date());
    await comment(bruno, await write(ada));
    expect(await dueAt(ada)).toBe(at(8, 'UTC'));
    await choose(ada, { zone: 'Pacific/Auckland' });
    expect(await dueAt(ada)).toBe(at(8, 'Pacific/Auckland'));
    await choose(ada, { digestHour: 20 });
    expect(await dueAt(ada)).toBe(at(20, 'Pacific/Auckland'));
    await choose(ada, { digestHour: null });
    expect(await dueAt(ada)).toBeNull();
    await comment(bruno, await write(ada));
    expect(await dueAt(ada)).toBeNull();
    expect(await aDayLater(ada)).toEqual([]);
  });

  it('is sent once, however many processes find it due', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    await comment(bruno, await write(ada));
    await allTold(place.app);
    const later = new Date(Date.now() + 30 * 3600_000);
    const service = place.app.get(DigestsService);
    await Promise.all(Array.from({ length: 5 }, () => service.takeDue(later)));
    await noJobs(place.app);
    expect(await digests(ada)).toHaveLength(1);
  });
});

describe('the link that ends it', () => {
  const path = (token: string) => `${API}/mail/unsubscribe/${token}`;
  const tokenOf = (who: Person) => digestToken(place.app.config.sessionSecret, who.id);
  const hourOf = async (who: Person) => (await get(who, 'notifications/preferences')).digestHour;

  it('ends nothing when it is opened, and everything when it is posted, by anybody who has it', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    await comment(bruno, await write(ada));
    const [mail] = await aDayLater(ada);
    const [, token] = /\/unsubscribe\/([\w-]+)/.exec(mail!.text)!;
    expect(token).toBe(tokenOf(ada));
    const opened = await place.app.anyone().get(path(token!)).redirects(0).expect(303);
    expect(opened.headers['location']).toBe(`/unsubscribe/${token}`);
    expect(await hourOf(ada)).toBe(8);
    await place.app
      .anyone()
      .post(path(token!))
      .type('form')
      .send('List-Unsubscribe=One-Click')
      .expect(204);
    expect(await hourOf(ada)).toBeNull();
    expect(await hourOf(bruno)).toBe(8);
    await place.app.anyone().post(path(token!)).field('List-Unsubscribe', 'One-Click').expect(204);
    await comment(bruno, await write(ada));
    expect(await aDayLater(ada)).toHaveLength(1);
  });

  it('cannot be guessed, bent or used for anybody else', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const bent = Buffer.from(tokenOf(ada), 'base64url');
    Buffer.from(bruno.id.replaceAll('-', ''), 'hex').copy(bent);
    const foreign = digestToken('another secret of another installation', ada.id);
    for (const token of [bent.toString('base64url'), foreign, 'x', tokenOf(ada).slice(1)])
      await place.app.anyone().post(path(token)).expect(400);
    expect(await hourOf(ada)).toBe(8);
    expect(await hourOf(bruno)).toBe(8);
    // Forms of other sites are still refused everywhere else.
    await ada.browser
      .patch(`${API}/notifications/preferences`)
      .type('form')
      .send('digestHour=9')
      .expect(415);
  });
});

it('tells mail programs how to unsubscribe, in text and HTML', async () => {
  const server = await smtpServer();
  const transport = new SmtpTransport(
    new Config({
      ...place.app.environment,
      PUBLIC_URL: 'https://club.example.org',
      SMTP_URL: server.url,
    }),
  );
  const at = 'https://club.example.org/api/v1/mail/unsubscribe/abc';
  const mail = { to: 'ada@example.org', subject: 'News', text: 'Hello,\n\nAda <b>' };
  await transport.send('1', { ...mail, unsubscribeAt: at });
  await transport.send('2', mail);
  transport.onApplicationShutdown();
  server.close();
  const [digest, other] = server.mails as [string, string];
  expect(digest).toContain(`List-Unsubscribe: <${at}>\r\n`);
  expect(digest).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  expect(digest).toContain('<p>Ada &lt;b&gt;</p>');
  expect(other).not.toContain('List-Unsubscribe');
});

describe('a process that is killed', () => {
  afterAll(killNodes);

  it('while it writes the email leaves it to the next one, which sends the same', async () => {
    const workers = jest.spyOn(Jobs.prototype, 'onApplicationBootstrap').mockResolvedValue();
    const app = await startTestApp({}, BODY_KINDS, await createTestDatabase());
    workers.mockRestore();
    const [ada, bruno] = (await insertPeople(app.get(Database), 2)) as [string, string];
    const node = await startNode(app.environment, { works: ['notifications.of-follows'] });
    await node.call({
      path: 'modules/notifications/notification-settings.service',
      service: 'NotificationSettingsService',
      method: 'save',
      values: [ada, { choices: [{ topic: 'follower', channel: 'email', isOn: true }] }],
    });
    await node.call({
      path: 'modules/follows/follows.service',
      service: 'FollowsService',
      method: 'follow',
      values: [bruno, ada],
    });
    const planned = () =>
      app.get(Database).one(sql`SELECT user_id FROM notification_digests WHERE due_at IS NOT NULL`);
    await until('it is planned', planned);
    await app.get(DigestsService).takeDue(new Date(Date.now() + 30 * 3600_000));
    await node.kill();
    const works = ['notifications.mail-digest'];
    const dying = await startNode(app.environment, { works, atEnd: 'die' });
    expect(await dying.died).toBe('SIGKILL');
    const waiting = await app
      .get(Database)
      .many<{ attempts: number }>(sql`SELECT attempts FROM jobs WHERE kind = ${works[0]}`);
    expect(waiting).toMatchObject([{ attempts: 1 }]);
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE jobs SET run_at = ${new Date().toISOString()}`),
      );
    const next = await startNode(app.environment, { works });
    await noJobs(app);
    await next.kill();
    const { email } = (await app
      .get(Database)
      .one<{ email: string }>(sql`SELECT email FROM users WHERE id = ${ada}`))!;
    expect(await app.mails(email)).toMatchObject([{ subject: '1 new notification' }]);
    await app.close();
  });
});
