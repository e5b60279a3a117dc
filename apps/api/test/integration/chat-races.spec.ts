import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { MessagesService } from '../../src/modules/chat/messages.service.js';
import { currentWork } from '../../src/platform/http/request-context.js';
import {
  between,
  heard,
  listOf,
  openPage,
  roomOf,
  said,
  say,
  startWith,
  texts,
} from '../support/chat.js';
import { groupOf, jobsDone } from '../support/events.js';
import { follow, neighbourhood } from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';
import { statementsOf } from '../support/statements.js';
import { until } from '../support/until.js';

const town = neighbourhood();

async function two() {
  const [ada, bruno] = [await town.newPerson('Ada'), await town.newPerson('Bruno')];
  await follow(ada, bruno).expect(200);
  return { ada, bruno };
}

describe('at the same time', () => {
  it('a message sent ten times is one message, pushed once', async () => {
    const { ada, bruno } = await two();
    const conversation = await between(ada, bruno);
    const page = await openPage(town.app, bruno);
    const clientId = uuid();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => say(ada, conversation, 'Once', { clientId })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await sleep(100);
    expect(page.messages()).toEqual(['Once']);
    expect(texts(await heard(bruno, conversation))).toEqual(['Once']);
    page.close();
  });

  it('two who start the same conversation get the same one', async () => {
    const { ada, bruno } = await two();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        at % 2 ? startWith(ada, bruno) : startWith(bruno, ada),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const group = await groupOf(ada, bruno);
    const rooms = await Promise.all(
      Array.from({ length: 10 }, (_, at) => roomOf(at % 2 ? ada : bruno, group)),
    );
    expect(new Set(rooms.map(({ id }) => id)).size).toBe(1);
  });

  it('both write, and both sides read the same order, as do those who catch up meanwhile', async () => {
    const { ada, bruno } = await two();
    const conversation = await between(ada, bruno);
    const first = await said(ada, conversation, 'Start');
    const caught: string[] = [];
    let after = first.id;
    let isDone = false;
    const catching = (async () => {
      for (let rounds = 0; rounds < 500; rounds++) {
        const wasDone = isDone;
        const more = await heard(bruno, conversation, `?after=${after}&limit=100`);
        caught.push(...more.map(({ id }) => id));
        after = more.at(-1)?.id ?? after;
        if (wasDone && !more.length) return;
        await sleep(5);
      }
    })();
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => say(at % 2 ? ada : bruno, conversation, `${at}`)),
    );
    isDone = true;
    await catching;
    const [adas, brunos] = [
      await heard(ada, conversation, '?limit=100'),
      await heard(bruno, conversation, '?limit=100'),
    ];
    expect(adas.map(({ id }) => id)).toEqual(brunos.map(({ id }) => id));
    expect(caught).toEqual(
      brunos
        .map(({ id }) => id)
        .toReversed()
        .slice(1),
    );
    expect(caught).toHaveLength(40);
  });

  it('nothing is written after the last follow has ended', async () => {
    const { ada, bruno } = await two();
    const conversation = await between(ada, bruno);
    const writing = Array.from({ length: 12 }, (_, at) => say(bruno, conversation, `${at}`));
    const [ended, ...answers] = await Promise.all([
      ada.browser.delete(`${API}/users/${bruno.id}/follow`),
      ...writing,
    ]);
    expect(ended!.status).toBe(204);
    const sent = answers.filter(({ status }) => status === 201).length;
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(12 - sent);
    expect(await heard(bruno, conversation, '?limit=50')).toHaveLength(sent);
    await say(bruno, conversation, 'Late').expect(403);
  });

  it('who is removed from a group hears nothing more on the open socket, and writes nothing more', async () => {
    const { ada, bruno } = await two();
    const chidi = await town.newPerson('Chidi');
    const group = await groupOf(ada, bruno, chidi);
    const room = await roomOf(ada, group);
    const [brunos, chidis] = [await openPage(town.app, bruno), await openPage(town.app, chidi)];
    await said(ada, room, 'Before');
    await until('both hear it', () => brunos.messages().length && chidis.messages().length);
    const [removal, ...answers] = await Promise.all([
      ada.browser.delete(`${API}/groups/${group.id}/members/${bruno.id}`),
      ...Array.from({ length: 8 }, (_, at) => say(bruno, room, `Mine ${at}`)),
    ]);
    expect(removal!.status).toBe(204);
    for (const { status } of answers) expect([201, 404]).toContain(status);
    await until('his page learns it', () => brunos.of('conversation.changed').length);
    await sleep(100);
    const before = brunos.told.length;
    await said(ada, room, 'After');
    await until('the member hears it', () => chidis.messages().includes('After'));
    await sleep(100);
    expect(brunos.told).toHaveLength(before);
    expect(brunos.messages()).not.toContain('After');
    for (const page of [brunos, chidis]) page.close();
  });

  it('reactions and edits of one message all hold', async () => {
    const { ada, bruno } = await two();
    const conversation = await between(ada, bruno);
    const message = await said(ada, conversation, 'Hi');
    await Promise.all([
      ...['👍', '❤️', '😀', '🎉'].map((emoji) =>
        bruno.browser.put(`${API}/messages/${message.id}/reaction`).send({ emoji }).expect(200),
      ),
      ada.browser.put(`${API}/messages/${message.id}/reaction`).send({ emoji: '🐝' }).expect(200),
      ada.browser.patch(`${API}/messages/${message.id}`).send({ content: 'Hello' }).expect(200),
    ]);
    const [now] = await heard(ada, conversation);
    expect(now!.content).toBe('Hello');
    expect(now!.reactions).toHaveLength(2);
  });
});

describe('a page', () => {
  it('takes the same number of statements whatever is in it', async () => {
    const { ada, bruno } = await two();
    const conversation = await between(ada, bruno);
    const count = async (path: string) =>
      statementsOf(town.app, () => ada.browser.get(`${API}/${path}`));
    const first = await said(bruno, conversation, 'One');
    const paths = ['conversations', `conversations/${conversation.id}/messages`];
    const few = [];
    await ada.browser.put(`${API}/messages/${first.id}/reaction`).send({ emoji: '👍' });
    await said(bruno, conversation, 'Two', { replyToId: first.id });
    for (const path of paths) few.push(await count(path));
    for (let at = 0; at < 10; at++) {
      const eve = await town.newPerson('Eve');
      await follow(eve, ada).expect(200);
      await said(eve, await between(eve, ada), 'Hi');
      await said(bruno, conversation, `${at}`, { replyToId: first.id });
    }
    expect(await listOf(ada)).toHaveLength(11);
    const many = [];
    for (const path of paths) many.push(await count(path));
    expect(many).toEqual(few);
    const rows = await town.app
      .get(Database)
      .one(sql`SELECT count(*) AS count FROM messages WHERE conversation_id = ${conversation.id}`);
    expect(rows).toEqual({ count: 12 });
  });
});

/** How many statements reading takes, in requests and in jobs, until something has come true. */
async function statementsUntil(what: string, ask: () => Promise<unknown>, isDone: () => boolean) {
  await jobsDone(town.app);
  const read = Database.prototype.many;
  const count = { inRequests: 0, inJobs: 0 };
  const many = jest.spyOn(Database.prototype, 'many').mockImplementation(function (
    this: Database,
    query,
  ) {
    // Pages that have just been opened read meanwhile, too, in neither.
    if (currentWork()) count[currentWork()!.request ? 'inRequests' : 'inJobs']++;
    return read.call(this, query) as Promise<never[]>;
  });
  await ask();
  await until(what, isDone);
  await sleep(100);
  many.mockRestore();
  return count;
}

/** Jobs look for work now and then. */
const LOOKING = 8;

describe('a push', () => {
  it('to a room of a group takes the same number of statements whoever is there', async () => {
    const counts = [];
    for (const size of [3, 12]) {
      const ada = await town.newPerson('Ada');
      const others = await town.newPeople(...Array<string>(size).fill('Bea'));
      const room = await roomOf(ada, await groupOf(ada, ...others));
      const pages = await Promise.all(others.map((who) => openPage(town.app, who)));
      const send = () => said(ada, room, 'Hello all');
      const hear = () => pages.every((page) => page.messages().length === 1);
      counts.push(await statementsUntil('all hear it', send, hear));
      for (const page of pages) page.close();
    }
    expect(counts[0]!.inRequests).toBeGreaterThan(3);
    expect(counts[1]!.inRequests).toBe(counts[0]!.inRequests);
  });

  it('is the message as each may see it: own reactions marked, hidden people left out', async () => {
    const [ada, ben, cem, dia] = await town.newPeople('Ada', 'Ben', 'Cem', 'Dia');
    const room = await roomOf(ada!, await groupOf(ada!, ben!, cem!, dia!));
    await dia!.browser.put(`${API}/users/me/blocks/${ben!.id}`).expect(204);
    const bens = await said(ben!, room, 'From Ben');
    const people = [ada!, ben!, cem!, dia!];
    const pages = await Promise.all(people.map((who) => openPage(town.app, who)));
    const message = await said(ada!, room, 'From Ada', { replyToId: bens.id });
    for (const who of [ben!, cem!])
      await who.browser
        .put(`${API}/messages/${message.id}/reaction`)
        .send({ emoji: who === ben ? '👍' : '🐝' })
        .expect(200);
    await until('all heard of both', () =>
      pages.every((page) => page.of('message.changed').length === 2),
    );
    for (const [at, who] of people.entries()) {
      const [added] = pages[at]!.of('message.added');
      expect(pages[at]!.messages()).toEqual(['From Ada']);
      expect(added!['clientId']).toBe(who === ada ? message.clientId : null);
      expect(added!['replyTo'] === null).toBe(who === dia);
      const [now] = await heard(who, room);
      expect(pages[at]!.of('message.changed').at(-1)).toEqual(now);
    }
    for (const page of pages) page.close();
  });

  it('that was read before another change is not the last one, however slowly it is sent', async () => {
    const [ada, ben, cem] = await town.newPeople('Ada', 'Ben', 'Cem');
    const room = await roomOf(ada!, await groupOf(ada!, ben!, cem!));
    const message = await said(ada!, room, 'From Ada');
    const pages = await Promise.all([ada!, ben!, cem!].map((who) => openPage(town.app, who)));
    const read = MessagesService.prototype.copies;
    const copies = jest.spyOn(MessagesService.prototype, 'copies').mockImplementationOnce(
      // Once it is read, it waits.
      async function* (this: MessagesService, ...asked) {
        const all = [];
        for await (const copy of read.apply(this, asked)) all.push(copy);
        await sleep(300);
        yield* all;
      },
    );
    for (const [who, emoji] of [
      [ben!, '👍'],
      [cem!, '🐝'],
    ] as const)
      await who.browser.put(`${API}/messages/${message.id}/reaction`).send({ emoji }).expect(200);
    await until('all heard of both', () =>
      pages.every((page) => page.of('message.changed').length === 2),
    );
    copies.mockRestore();
    for (const page of pages) {
      expect(page.of('message.changed').at(-1)!['reactions']).toHaveLength(2);
      page.close();
    }
  });

  it('to all whom somebody lets follow takes the same number of statements however many', async () => {
    const counts = [];
    for (const size of [2, 9]) {
      const ada = await town.newPerson('Ada', { visibility: 'private' });
      const others = await town.newPeople(...Array<string>(size).fill('Bea'));
      for (const other of others) {
        await follow(ada, other).expect(200);
        await between(ada, other);
        await follow(other, ada).expect(200);
      }
      const pages = await Promise.all([ada, ...others].map((who) => openPage(town.app, who)));
      const open = async () =>
        ada.browser.put(`${API}/users/me/privacy`).send({ visibility: 'public' }).expect(200);
      const told = () =>
        pages.every((page, at) => page.of('conversation.changed').length === (at ? 1 : size));
      counts.push(await statementsUntil('all are told', open, told));
      for (const page of pages) page.close();
    }
    expect(counts[1]!.inRequests).toBe(counts[0]!.inRequests);
    expect(counts[1]!.inJobs - counts[0]!.inJobs).toBeLessThan(LOOKING);
  });
});
