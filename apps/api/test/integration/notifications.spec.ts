import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { NotificationWritingService } from '../../src/modules/notifications/notification-writing.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { inDays, plan } from '../support/events.js';
import { acceptInvitation, answer, ask, found, invite, leave, letIn } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { allTold, inShort, toldTo, unseen } from '../support/notifications.js';
import { comment, get, write } from '../support/posts.js';
import { connected, cookieOf, lineOf } from '../support/sockets.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const place = neighbourhood();
const told = (who: Person) => toldTo(place.app, who);
const shortly = async (who: Person) => inShort(await told(who));
const put = (who: Person, path: string, body: object = {}) =>
  who.browser.put(`${API}/${path}`).send(body);
const choose = (who: Person, changes: object) =>
  who.browser.patch(`${API}/notifications/preferences`).send(changes);
const look = async (who: Person) => {
  const { newest: upTo } = await get(who, 'notifications');
  await put(who, 'notifications/seen', { upTo }).expect(204);
};
const like = (who: Person, path: string) => put(who, `${path}/like`);

const people = <const Names extends string[]>(...firstNames: Names) =>
  Promise.all(firstNames.map((name) => place.newPerson(name))) as Promise<{
    [At in keyof Names]: Person;
  }>;

describe('people are told', () => {
  it('of follow requests, answers and new followers', async () => {
    const [ada, bruno] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno', { visibility: 'private' }),
    ];
    await follow(ada, bruno);
    expect(await told(bruno)).toMatchObject([
      { kind: 'follow-request', answer: 'follow-request', isNew: true, isRead: false },
    ]);
    await bruno.browser.post(`${API}/follow-requests/${ada.id}/accept`).expect(204);
    expect(await told(bruno)).toMatchObject([{ kind: 'follow-request', answer: null }]);
    expect(await shortly(ada)).toEqual(['follow-accepted Bruno']);
    await follow(bruno, ada);
    expect(await shortly(ada)).toEqual(['follower Bruno', 'follow-accepted Bruno']);
  });

  it('of comments, replies, likes, shares and mentions, each once', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const post = await write(ada, { content: 'Ripe plums' });
    const question = await comment(bruno, post, { content: 'Where?' });
    await allTold(place.app);
    await comment(chidi, post, { content: 'Here', parentId: question.id });
    await allTold(place.app);
    await like(bruno, `posts/${post.id}`);
    await allTold(place.app);
    await like(chidi, `posts/${post.id}`);
    await allTold(place.app);
    await like(ada, `comments/${question.id}`);
    await allTold(place.app);
    await bruno.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public' })
      .expect(201);
    const { handle } = await get(chidi, 'users/me');
    await write(bruno, { content: `Ask @${handle}` });
    await allTold(place.app);
    // A comment on the own post, and a mention of the author in a comment on it: once.
    await comment(ada, post, { content: 'All gone' });
    await allTold(place.app);
    const adas = (await get(ada, 'users/me')).handle;
    await comment(bruno, post, { content: `Thanks @${adas}` });
    await allTold(place.app);
    expect(await shortly(ada)).toEqual([
      'mention Bruno',
      'share Bruno',
      'like Chidi Bruno',
      'comment Chidi Bruno',
    ]);
    expect(await shortly(bruno)).toEqual(['like Ada', 'reply Chidi']);
    expect(await shortly(chidi)).toEqual(['mention Bruno']);
    // People are mentioned by their ids, which nobody reads.
    expect((await told(chidi))[0]?.post?.excerpt).toBe(`Ask @${handle}`);
    expect((await told(ada))[0]?.comment?.excerpt).toBe(`Thanks @${adas}`);
    expect((await told(ada))[2]).toMatchObject({
      peopleCount: 2,
      post: { id: post.id, excerpt: 'Ripe plums', isOwn: true },
    });
  });

  it('of invitations, requests to join, and being let in', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada);
    await invite(ada, group, bruno).expect(200);
    await ask(chidi, group).expect(204);
    expect(await told(bruno)).toMatchObject([
      { kind: 'group-invitation', answer: 'group-invitation', group: { title: 'Beekeepers' } },
    ]);
    expect(await told(ada)).toMatchObject([{ kind: 'group-request', answer: 'group-request' }]);
    await acceptInvitation(bruno, group).expect(204);
    await answer(ada, group, chidi, 'accept').expect(204);
    expect(await told(bruno)).toMatchObject([{ kind: 'group-invitation', answer: null }]);
    expect(await told(ada)).toMatchObject([{ kind: 'group-request', answer: null }]);
    expect(await shortly(chidi)).toEqual(['group-joined Ada']);
  });

  it('of events that are made, changed, cancelled and near', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada);
    await letIn(ada, group, bruno, chidi);
    const { body: event } = await plan(ada, group.id).expect(201);
    expect((await shortly(bruno))[0]).toBe('event-created Ada');
    const [going, notGoing] = event.options;
    await put(bruno, `events/${event.id}/response`, { optionId: going.id }).expect(200);
    await put(chidi, `events/${event.id}/response`, { optionId: notGoing.id }).expect(200);
    await ada.browser
      .patch(`${API}/events/${event.id}`)
      .send({ place: 'At the pond', start: inDays(11), end: inDays(11, '21:00') })
      .expect(200);
    const [changed] = await told(bruno);
    expect(changed).toMatchObject({ kind: 'event-changed', event: { id: event.id } });
    expect(changed!.details).toEqual(expect.arrayContaining(['place', 'start']));
    const soon = new Date(Date.now() + 50 * 60_000).toISOString();
    await place.app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(
          sql`UPDATE events SET starts_at = ${soon}, next_reminder_at = ${new Date().toISOString()} WHERE id = ${event.id}`,
        ),
      );
    const { EventRemindersService } =
      await import('../../src/modules/events/event-reminders.service.js');
    await place.app.get(EventRemindersService).remind(new Date());
    expect((await told(bruno))[0]).toMatchObject({
      kind: 'event-reminder',
      details: ['hour'],
      people: [],
    });
    // Whoever said that they won't come is not reminded.
    expect((await shortly(chidi))[0]).toBe('event-changed Ada');
    await ada.browser.post(`${API}/events/${event.id}/cancel`).send({ scope: 'this' });
    expect((await shortly(bruno))[0]).toBe('event-cancelled Ada');
  });

  it('of events that are near, whatever the option of those who come, or don’t, is called by then', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada);
    await letIn(ada, group, bruno, chidi);
    const { body: event } = await plan(ada, group.id).expect(201);
    const [going, notGoing] = event.options;
    await put(bruno, `events/${event.id}/response`, { optionId: going.id }).expect(200);
    await put(chidi, `events/${event.id}/response`, { optionId: notGoing.id }).expect(200);
    await ada.browser
      .patch(`${API}/events/${event.id}`)
      .send({
        options: [
          { id: going.id, title: 'I’ll be there' },
          { id: notGoing.id, title: 'Can’t make it' },
        ],
      })
      .expect(200);
    await place.app.get(Database).transaction((transaction) =>
      transaction.run(
        sql`UPDATE events SET starts_at = ${new Date(Date.now() + 50 * 60_000).toISOString()},
          next_reminder_at = ${new Date().toISOString()} WHERE id = ${event.id}`,
      ),
    );
    const { EventRemindersService } =
      await import('../../src/modules/events/event-reminders.service.js');
    await place.app.get(EventRemindersService).remind(new Date());
    expect((await shortly(bruno))[0]).toBe('event-reminder');
    expect((await shortly(chidi))[0]).toBe('event-changed Ada');
  });

  describe('of what one person does again before the first is told:', () => {
    /** The jobs run only after everything has happened, one after the other. */
    const beforeTheJobs = async (happen: () => Promise<void>) => {
      const writing = place.app.get(NotificationWritingService);
      const tell = writing.tell.bind(writing);
      const opened = Promise.withResolvers<undefined>();
      let turn: Promise<void> = opened.promise;
      const spy = jest
        .spyOn(writing, 'tell')
        .mockImplementation((...asked) => (turn = turn.then(() => tell(...asked))));
      await happen().finally(() => opened.resolve(undefined));
      await allTold(place.app);
      spy.mockRestore();
    };

    it('a comment that stands, though an earlier one is deleted', async () => {
      const [ada, bruno] = await people('Ada', 'Bruno');
      const post = await write(ada);
      const said: string[] = [];
      await beforeTheJobs(async () => {
        for (const content of ['First', 'Second'])
          said.push((await comment(bruno, post, { content })).id);
      });
      expect(await shortly(ada)).toEqual(['comment Bruno']);
      await bruno.browser.delete(`${API}/comments/${said[0]}`).expect(204);
      expect(await shortly(ada)).toEqual(['comment Bruno']);
      await bruno.browser.delete(`${API}/comments/${said[1]}`).expect(204);
      expect(await shortly(ada)).toEqual([]);
    });

    it('everything that changes about an event, now and until it is read', async () => {
      const [ada, bruno] = await people('Ada', 'Bruno');
      const group = await found(ada);
      await letIn(ada, group, bruno);
      const { body: event } = await plan(ada, group.id).expect(201);
      await put(bruno, `events/${event.id}/response`, { optionId: event.options[0].id });
      const change = (changes: object) =>
        ada.browser.patch(`${API}/events/${event.id}`).send(changes).expect(200);
      await beforeTheJobs(async () => {
        await change({ start: inDays(11), end: inDays(11, '21:00') });
        await change({ place: 'At the pond' });
      });
      await change({ description: 'Bring a veil' });
      const [changed] = await told(bruno);
      expect(changed).toMatchObject({ kind: 'event-changed' });
      expect([...changed!.details].sort()).toEqual(['description', 'end', 'place', 'start']);
    });

    it('but nothing twice, if a job is run again', async () => {
      const [ada, bruno] = await people('Ada', 'Bruno');
      const post = await write(ada);
      const writing = place.app.get(NotificationWritingService);
      const tell = jest.spyOn(writing, 'tell');
      const { id: first } = await comment(bruno, post, { content: 'First' });
      await allTold(place.app);
      const run = tell.mock.calls.find(([, , draft]) => draft.writtenCommentId === first)!;
      tell.mockRestore();
      await comment(bruno, post, { content: 'Second' });
      const before = await told(ada);
      await writing.tell(...run);
      expect(await told(ada)).toEqual(before);
      await put(ada, 'notifications/read', { ids: [before[0]!.id] });
      const read = await told(ada);
      await writing.tell(...run);
      expect(await told(ada)).toEqual(read);
    });
  });

  it('of actions of one kind together until they are read, then anew', async () => {
    const [ada, bruno, chidi, dina] = await people('Ada', 'Bruno', 'Chidi', 'Dina');
    const post = await write(ada);
    await like(bruno, `posts/${post.id}`);
    await allTold(place.app);
    await like(chidi, `posts/${post.id}`);
    const [first] = await told(ada);
    expect(inShort([first!])).toEqual(['like Chidi Bruno']);
    await put(ada, 'notifications/read', { ids: [first!.id] }).expect(204);
    await like(dina, `posts/${post.id}`);
    expect(await told(ada)).toMatchObject([
      { isRead: false, peopleCount: 1 },
      { isRead: true, peopleCount: 2 },
    ]);
  });
});

describe('a notification shows nothing of what its reader may no longer see', () => {
  it.each(['narrowed', 'deleted', 'blocked', 'suspended', 'muted'])('when %s', async (how) => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const { handle } = await get(ada, 'users/me');
    const post = await write(bruno, { content: `Secret plums @${handle}` });
    expect(await unseen(place.app, ada)).toBe(1);
    const steps: Record<string, () => Promise<unknown>> = {
      narrowed: async () =>
        bruno.browser.patch(`${API}/posts/${post.id}`).send({ audience: 'me' }).expect(200),
      deleted: async () => bruno.browser.delete(`${API}/posts/${post.id}`).expect(204),
      blocked: async () => put(bruno, `users/me/blocks/${ada.id}`).expect(204),
      suspended: async () =>
        place.app
          .get(Database)
          .transaction((transaction) =>
            place.app.get(AccountStatesService).hide(transaction, bruno.id, 'suspended'),
          ),
      muted: async () => put(ada, `users/me/mutes/${bruno.id}`).expect(204),
    };
    await steps[how]!();
    expect(await told(ada)).toEqual([]);
    expect(await unseen(place.app, ada)).toBe(0);
    expect(JSON.stringify(await get(ada, 'notifications'))).not.toContain('plums');
  });

  it('nor of what was taken back: likes, comments, requests, invitations', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const post = await write(ada);
    await like(bruno, `posts/${post.id}`);
    const remark = await comment(bruno, post);
    const group = await found(bruno);
    await invite(bruno, group, ada).expect(200);
    await follow(bruno, ada);
    expect(await unseen(place.app, ada)).toBe(4);
    await bruno.browser.delete(`${API}/posts/${post.id}/like`).expect(200);
    await bruno.browser.delete(`${API}/comments/${remark.id}`).expect(204);
    await bruno.browser.delete(`${API}/groups/${group.id}/invitations/${ada.id}`).expect(204);
    await bruno.browser.delete(`${API}/users/${ada.id}/follow`);
    expect(await told(ada)).toEqual([]);
    expect(await unseen(place.app, ada)).toBe(0);
  });

  it('nor of a group that its reader has left', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const group = await found(ada);
    await letIn(ada, group, bruno);
    const { body: event } = await plan(ada, group.id).expect(201);
    const post = await write(bruno, { audience: 'group', groupId: group.id, content: 'Combs' });
    await like(ada, `posts/${post.id}`);
    expect(await shortly(bruno)).toEqual(['like Ada', 'event-created Ada', 'group-invitation Ada']);
    await leave(bruno, group).expect(204);
    expect(await told(bruno)).toEqual([]);
    expect(JSON.stringify(await get(bruno, 'notifications'))).not.toContain(event.title);
  });

  it('counts and names only those whom its reader may see', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const post = await write(ada);
    for (const fan of [bruno, chidi]) await like(fan, `posts/${post.id}`);
    expect((await told(ada))[0]).toMatchObject({ peopleCount: 2 });
    await put(ada, `users/me/blocks/${chidi.id}`).expect(204);
    expect(inShort(await told(ada))).toEqual(['like Bruno']);
    expect((await told(ada))[0]).toMatchObject({ peopleCount: 1 });
  });

  it('and is nobody else’s to mark or see', async () => {
    const [ada, bruno, eve] = await people('Ada', 'Bruno', 'Eve');
    const post = await write(ada);
    await like(bruno, `posts/${post.id}`);
    const [notification] = await told(ada);
    await put(eve, 'notifications/read', { ids: [notification!.id] }).expect(204);
    expect((await told(ada))[0]).toMatchObject({ isRead: false });
    expect(await told(eve)).toEqual([]);
    await place.app.anyone().get(`${API}/notifications`).expect(401);
  });
});

describe('the number on the bell', () => {
  it('begins anew once the list was looked at, and counts what was not read', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const [one, two] = [await write(ada), await write(ada)];
    await like(bruno, `posts/${one.id}`);
    expect(await unseen(place.app, ada)).toBe(1);
    await look(ada);
    expect(await unseen(place.app, ada)).toBe(0);
    expect(await told(ada)).toMatchObject([{ isNew: false, isRead: false }]);
    await like(bruno, `posts/${two.id}`);
    expect(await unseen(place.app, ada)).toBe(1);
    await put(ada, 'notifications/read').expect(204);
    expect(await unseen(place.app, ada)).toBe(0);
    expect(await told(ada)).toMatchObject([{ isRead: true }, { isRead: true }]);
  });

  it('counts what came after the list was read, however late it is marked as seen', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const post = await write(ada);
    expect(await get(ada, 'notifications')).toMatchObject({ items: [], newest: null });
    await like(bruno, `posts/${post.id}`);
    expect(await unseen(place.app, ada)).toBe(1);
    const { newest } = await get(ada, 'notifications');
    // Another like of the same post moves what it is told by to the top.
    await like(chidi, `posts/${post.id}`);
    const [, latest] = [await told(ada), (await get(ada, 'notifications')).newest];
    await put(ada, 'notifications/seen', { upTo: newest }).expect(204);
    expect(await unseen(place.app, ada)).toBe(1);
    await put(ada, 'notifications/seen', { upTo: latest }).expect(204);
    expect(await unseen(place.app, ada)).toBe(0);
    // An older page, and the position of somebody else's, take nothing back and nothing along.
    await put(ada, 'notifications/seen', { upTo: newest }).expect(204);
    expect(await unseen(place.app, ada)).toBe(0);
    await put(chidi, 'notifications/seen', { upTo: latest }).expect(204);
    await put(ada, 'notifications/seen', { upTo: 'everything' }).expect(400);
  });

  it('changes live, in every page of the person and of nobody else', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const lines = await Promise.all(
      [ada, ada, bruno].map((who) =>
        connected(lineOf(place.app, cookieOf(place.app, who.browser))),
      ),
    );
    const heard = [0, 0, 0];
    lines.forEach((line, at) => line.on('notifications.changed', () => heard[at]!++));
    const post = await write(ada);
    await like(bruno, `posts/${post.id}`);
    await until('both pages heard of it', () => heard[0] === 1 && heard[1] === 1);
    await look(ada);
    await until('the other page knows that it was seen', () => heard[0] === 2 && heard[1] === 2);
    await sleep(50);
    expect(heard[2]).toBe(0);
    for (const line of lines) line.close();
  });
});

describe('somebody who wants to hear less', () => {
  it('does not hear of kinds, posts and groups that they muted, until the mute ends', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const [post, other] = [await write(ada), await write(ada)];
    const group = await found(ada);
    await letIn(ada, group, bruno);
    await allTold(place.app);
    await put(ada, 'notifications/read').expect(204);
    const before = (await told(ada)).length;
    await choose(ada, { choices: [{ topic: 'like', channel: 'app', isOn: false }] }).expect(200);
    await put(ada, `notifications/mutes/posts/${post.id}`, { hours: 1 }).expect(204);
    await put(ada, `notifications/mutes/groups/${group.id}`).expect(204);
    expect((await get(ada, 'notifications/mutes')).items).toMatchObject([
      { group: { title: 'Beekeepers' }, until: null },
      { post: { id: post.id }, until: expect.any(String) },
    ]);
    const inGroup = await write(ada, { audience: 'group', groupId: group.id });
    await like(bruno, `posts/${other.id}`);
    await comment(bruno, post);
    await comment(bruno, inGroup);
    await plan(bruno, group.id).expect(201);
    expect(await told(ada)).toHaveLength(before);
    await place.app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(
          sql`UPDATE notification_mutes SET until = ${new Date(Date.now() - 1000).toISOString()} WHERE post_id = ${post.id}`,
        ),
      );
    await comment(bruno, post);
    await ada.browser.delete(`${API}/notifications/mutes/groups/${group.id}`).expect(204);
    await comment(bruno, inGroup);
    expect(await shortly(ada)).toMatchObject(
      expect.arrayContaining(['comment Bruno', 'comment Bruno']),
    );
    expect(await told(ada)).toHaveLength(before + 2);
    await ada.browser.delete(`${API}/notifications/mutes/posts/${post.id}`).expect(204);
    expect(await get(ada, 'notifications/mutes')).toEqual({ items: [] });
  });

  it('cannot mute what they may not see, nor choose what there is not', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const hidden = await write(bruno, { audience: 'me' });
    const group = await found(bruno);
    await put(ada, `notifications/mutes/posts/${hidden.id}`).expect(404);
    await put(ada, `notifications/mutes/groups/${group.id}`).expect(404);
    await put(ada, `notifications/mutes/posts/${hidden.id}`, { hours: 0 }).expect(400);
    await put(ada, 'notifications/read', { ids: ['x'] }).expect(400);
  });

  it('chooses by kind and channel, each by itself, and when', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const before = await get(ada, 'notifications/preferences');
    const off = (topic: string, channel: string) => ({ topic, channel, isOn: false });
    expect(before.choices).toHaveLength(17 * 3 + 1);
    expect(before.choices).toEqual(
      expect.arrayContaining([
        ...['app', 'push', 'email'].map((channel) => ({ topic: 'mention', channel, isOn: true })),
        { topic: 'like', channel: 'app', isOn: true },
        ...['push', 'email'].map((channel) => off('like', channel)),
        { topic: 'message', channel: 'push', isOn: true },
      ]),
    );
    expect(before).toMatchObject({ zone: null, quietFrom: null, quietTo: null, digestHour: 8 });
    await Promise.all([
      choose(ada, { choices: [off('mention', 'push')] }).expect(200),
      choose(ada, { choices: [off('mention', 'email')] }).expect(200),
      choose(ada, { zone: 'Asia/Kolkata', quietFrom: '22:00', quietTo: '07:00' }).expect(200),
    ]);
    const after = await get(ada, 'notifications/preferences');
    expect(after).toMatchObject({ zone: 'Asia/Kolkata', quietFrom: '22:00', quietTo: '07:00' });
    expect(after.choices.filter(({ topic }: { topic: string }) => topic === 'mention')).toEqual([
      { topic: 'mention', channel: 'app', isOn: true },
      off('mention', 'push'),
      off('mention', 'email'),
    ]);
    await choose(ada, { quietFrom: null, quietTo: null, digestHour: null }).expect(200);
    expect(await get(ada, 'notifications/preferences')).toMatchObject({
      zone: 'Asia/Kolkata',
      quietFrom: null,
      digestHour: null,
    });
    expect(await get(bruno, 'notifications/preferences')).toEqual(before);
  });

  it.each([
    [{ choices: [{ topic: 'weather', channel: 'app', isOn: true }] }],
    [{ choices: [{ topic: 'like', channel: 'pigeon', isOn: true }] }],
    [{ choices: [{ topic: 'like', channel: 'app', isOn: 'yes' }] }],
    [{ choices: [{ topic: 'like', channel: 'app' }] }],
    [{ choices: [{ topic: 'message', channel: 'email', isOn: true }] }],
    [{ choices: [null] }],
    [{ choices: 'all' }],
    [{ choices: null }],
    [{ zone: 'Middle/Earth' }],
    [{ zone: null }],
    [{ quietFrom: '22:00' }],
    [{ quietFrom: '22:00', quietTo: '22:00' }],
    [{ quietFrom: '24:00', quietTo: '07:00' }],
    [{ digestHour: 24 }],
    [{ digestHour: 7.5 }],
    [{ silenced: ['like'] }],
  ])('cannot choose what there is not: %j', async (wrong) => {
    const ada = await place.newPerson('Ada');
    const before = await get(ada, 'notifications/preferences');
    await choose(ada, wrong).expect(400);
    expect(await get(ada, 'notifications/preferences')).toEqual(before);
  });
});

it('likes at the same time become one notification of all of them', async () => {
  const ada = await place.newPerson('Ada');
  const fans = await Promise.all(
    Array.from({ length: 12 }, (_, at) => place.newPerson(`Fan${at}`)),
  );
  const post = await write(ada);
  await Promise.all(fans.map((fan) => like(fan, `posts/${post.id}`)));
  expect(await told(ada)).toMatchObject([{ kind: 'like', peopleCount: 12 }]);
});
