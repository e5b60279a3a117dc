import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Access } from '../../src/access/access.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import {
  between,
  heard,
  listOf,
  openPage,
  read,
  roomOf,
  said,
  say,
  startWith,
  texts,
  unreadOf,
} from '../support/chat.js';
import { groupOf } from '../support/events.js';
import { leave } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { upload } from '../support/posts.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';
import { bytesOf } from '../support/uploads.js';

const town = neighbourhood();

const block = (who: Person, whom: Person) =>
  who.browser.put(`${API}/users/me/blocks/${whom.id}`).expect(204);
const unfollow = (who: Person, whom: Person) =>
  who.browser.delete(`${API}/users/${whom.id}/follow`).expect(204);

/** Ada follows Bruno, whose profile is public or private. */
async function two(visibility: 'public' | 'private' = 'public') {
  const [ada, bruno] = [await town.newPerson('Ada'), await town.newPerson('Bruno', { visibility })];
  await follow(ada, bruno).expect(200);
  if (visibility === 'private')
    await bruno.browser.post(`${API}/follow-requests/${ada.id}/accept`).expect(204);
  return { ada, bruno, conversation: await between(ada, bruno) };
}

describe('who sees a conversation', () => {
  it('of two: the two, and nobody else on any path', async () => {
    const { ada, bruno, conversation } = await two();
    const eve = await town.newPerson('Eve');
    await follow(eve, ada).expect(200);
    const message = await said(ada, conversation, 'Between us');
    for (const [who, status] of [
      [ada, 200],
      [bruno, 200],
      [eve, 404],
    ] as const) {
      await who.browser.get(`${API}/conversations/${conversation.id}`).expect(status);
      await who.browser.get(`${API}/conversations/${conversation.id}/messages`).expect(status);
      await who.browser.get(`${API}/conversations/${conversation.id}/search?q=us`).expect(status);
    }
    await say(eve, conversation, 'Me too').expect(404);
    await read(eve, conversation, message).expect(404);
    for (const [method, path, body] of [
      ['patch', `messages/${message.id}`, { content: 'Mine' }],
      ['delete', `messages/${message.id}`, {}],
      ['put', `messages/${message.id}/reaction`, { emoji: '👍' }],
      ['delete', `messages/${message.id}/reaction`, {}],
      ['post', `conversations/${conversation.id}/accept`, {}],
      ['post', `conversations/${conversation.id}/decline`, {}],
      ['patch', `conversations/${conversation.id}`, { isMuted: true }],
    ] as const)
      await eve.browser[method](`${API}/${path}`).send(body).expect(404);
    expect(await listOf(eve)).toEqual([]);
    const access = town.app.get(Access);
    const all = [ada.id, bruno.id, eve.id];
    for (const [kind, id] of [
      ['conversation', conversation.id],
      ['message', message.id],
      ['delivery', conversation.id],
    ] as const) {
      expect(await access.audience(kind, id, all)).toEqual(new Set([ada.id, bruno.id]));
      expect(await access.canSee(eve.id, kind, id)).toBe(false);
      expect(await access.visible(bruno.id, kind, [id])).toEqual(new Set([id]));
    }
  });

  it('of a group: its members today', async () => {
    const [ada, bruno, eve] = [
      await town.newPerson('Ada'),
      await town.newPerson('Bruno'),
      await town.newPerson('Eve'),
    ];
    const group = await groupOf(ada, bruno);
    await eve.browser.get(`${API}/groups/${group.id}/conversation`).expect(404);
    const room = await roomOf(ada, group);
    expect((await roomOf(bruno, group)).id).toBe(room.id);
    const message = await said(ada, room, 'Honey!');
    expect(texts(await heard(bruno, room))).toEqual(['Honey!']);
    await say(eve, room, 'Hi').expect(404);
    await eve.browser.get(`${API}/conversations/${room.id}`).expect(404);
    expect((await listOf(bruno)).map(({ id, unreadCount }) => [id, unreadCount])).toEqual([
      [room.id, 1],
    ]);
    await said(bruno, room, 'Nice');
    await leave(bruno, group).expect(204);
    for (const path of [room.id, `${room.id}/messages`, `${room.id}/search?q=honey`])
      await bruno.browser.get(`${API}/conversations/${path}`).expect(404);
    await say(bruno, room, 'Still here').expect(404);
    await bruno.browser.delete(`${API}/messages/${message.id}`).expect(404);
    expect(await listOf(bruno)).toEqual([]);
    expect(await unreadOf(bruno)).toBe(0);
    expect(
      (await bruno.browser.get(`${API}/conversations/search?q=nice`).expect(200)).body.items,
    ).toEqual([]);
    await ada.browser.delete(`${API}/groups/${group.id}`).expect(204);
    await ada.browser.get(`${API}/conversations/${room.id}`).expect(404);
    expect(await listOf(ada)).toEqual([]);
  });

  it('of a group: members hidden by a block do not see what the other writes', async () => {
    const [ada, bruno, chidi] = [
      await town.newPerson('Ada'),
      await town.newPerson('Bruno'),
      await town.newPerson('Chidi'),
    ];
    const group = await groupOf(ada, bruno, chidi);
    const room = await roomOf(ada, group);
    const brunos = await said(bruno, room, 'From Bruno');
    await block(chidi, bruno);
    await said(bruno, room, 'More from Bruno');
    await said(ada, room, 'From Ada', { replyToId: brunos.id });
    const seen = await heard(chidi, room);
    expect(texts(seen)).toEqual(['From Ada']);
    expect(seen[0]!.replyTo).toBeNull();
    await chidi.browser
      .put(`${API}/messages/${brunos.id}/reaction`)
      .send({ emoji: '👍' })
      .expect(404);
    expect((await listOf(chidi))[0]).toMatchObject({ unreadCount: 1 });
  });

  it('of a group: somebody hidden neither shows in its room nor moves it', async () => {
    const [ada, bruno, chidi] = [
      await town.newPerson('Ada'),
      await town.newPerson('Bruno'),
      await town.newPerson('Chidi'),
    ];
    const quiet = await roomOf(ada, await groupOf(ada, bruno, chidi));
    const [room, other] = [
      await roomOf(ada, await groupOf(ada, bruno, chidi)),
      await roomOf(ada, await groupOf(ada, bruno, chidi)),
    ];
    await block(chidi, bruno);
    await said(ada, room, 'From Ada');
    await said(ada, other, 'Elsewhere');
    const before = await listOf(chidi);
    expect(before).toMatchObject([
      { id: other.id, lastMessage: { content: 'Elsewhere' } },
      { id: room.id, lastMessage: { content: 'From Ada' } },
    ]);
    await said(bruno, room, 'From Bruno');
    await said(bruno, quiet, 'Anybody here?');
    expect(await listOf(chidi)).toEqual(before);
    expect((await listOf(ada)).map(({ id }) => id)).toEqual([quiet.id, room.id, other.id]);
    const details = await chidi.browser.get(`${API}/conversations/${room.id}`).expect(200);
    expect(details.body).toMatchObject({ lastMessage: { content: 'From Ada' }, unreadCount: 1 });
    // Behind very many messages of somebody hidden, nothing is found any more, but the room stays below.
    for (let at = 0; at < 50; at++) await said(bruno, room, `Number ${at}`);
    expect(await listOf(chidi)).toMatchObject([
      { id: other.id },
      { id: room.id, lastMessage: null },
    ]);
    await said(ada, room, 'Still here');
    expect((await listOf(chidi))[0]).toMatchObject({ id: room.id, unreadCount: 2 });
  });

  it('its photos follow it, thumbnails too', async () => {
    const { ada, bruno, conversation } = await two();
    const eve = await town.newPerson('Eve');
    const message = await said(ada, conversation, '', { mediaIds: [await upload(ada)] });
    const { urls, id } = message.media[0]!;
    for (const url of Object.values(urls).filter((one) => typeof one === 'string')) {
      await bytesOf(bruno.browser, url).expect(200);
      await bytesOf(eve.browser, url).expect(404);
    }
    await eve.browser.get(`${API}/media/${id}`).expect(404);
    await ada.browser.delete(`${API}/messages/${message.id}`).expect(204);
    await bytesOf(bruno.browser, urls.full).expect(404);
    expect((await heard(bruno, conversation))[0]).toMatchObject({
      isDeleted: true,
      content: '',
      media: [],
    });
  });
});

describe('a conversation of two', () => {
  it('can start while one follows the other, and is one for both', async () => {
    const [ada, bruno, chidi] = [
      await town.newPerson('Ada'),
      await town.newPerson('Bruno', { visibility: 'private' }),
      await town.newPerson('Chidi'),
    ];
    const refused = await startWith(ada, bruno).expect(403);
    expect(refused.body.code).toBe('nobody-follows');
    await follow(ada, bruno).expect(200);
    // Only asked, not accepted
    await startWith(ada, bruno).expect(403);
    await startWith(ada, ada).expect(409);
    await startWith(ada, { id: uuid() }).expect(404);
    await follow(bruno, ada).expect(200);
    const one = await between(ada, bruno);
    expect((await between(bruno, ada)).id).toBe(one.id);
    await block(chidi, ada);
    await startWith(ada, chidi).expect(404);
    // Nothing was left behind by refusals.
    const left = await town.app
      .get(Database)
      .many(sql`SELECT p.id FROM participants p WHERE p.user_id = ${ada.id}`);
    expect(left).toHaveLength(1);
  });

  it('is closed for writing once nobody follows, says why, and stays readable', async () => {
    const { ada, bruno, conversation } = await two();
    await said(ada, conversation, 'Hello');
    await unfollow(ada, bruno);
    for (const who of [ada, bruno]) {
      expect((await say(who, conversation, 'Still?').expect(403)).body.code).toBe('nobody-follows');
      expect(texts(await heard(who, conversation))).toEqual(['Hello']);
      expect((await listOf(who))[0]).toMatchObject({ closedBecause: 'nobody-follows' });
    }
    await follow(bruno, ada).expect(200);
    await said(ada, conversation, 'Again');
    await block(bruno, ada);
    for (const who of [ada, bruno]) {
      expect((await say(who, conversation, 'Now?').expect(403)).body.code).toBe('person-gone');
      expect(texts(await heard(who, conversation))).toEqual(['Again', 'Hello']);
      expect((await listOf(who))[0]).toMatchObject({ closedBecause: 'person-gone', person: null });
    }
    // One can always delete what one wrote.
    const [again] = await heard(ada, conversation);
    await ada.browser.delete(`${API}/messages/${again!.id}`).expect(204);
  });

  it('shows a suspended or removed account as gone, and keeps what it wrote', async () => {
    const { ada, bruno, conversation } = await two();
    await said(bruno, conversation, 'Keep this', { mediaIds: [await upload(bruno)] });
    await said(ada, conversation, 'I will');
    await town.app
      .get(Database)
      .transaction((transaction) =>
        town.app.get(AccountStatesService).hide(transaction, bruno.id, 'suspended'),
      );
    expect((await listOf(ada))[0]).toMatchObject({ person: null, closedBecause: 'person-gone' });
    await town.app.get(AccountRemovalService).remove(bruno.id);
    await until('the account is removed', async () => {
      const row = await town.app
        .get(Database)
        .one(sql`SELECT id FROM users WHERE id = ${bruno.id}`);
      return !row;
    });
    const messages = await heard(ada, conversation);
    expect(texts(messages)).toEqual(['I will', 'Keep this']);
    expect(messages[1]).toMatchObject({ sender: null, media: [] });
    expect((await listOf(ada))[0]).toMatchObject({ person: null, closedBecause: 'person-gone' });
    await town.app.get(AccountRemovalService).remove(ada.id);
    await until('nothing is left of it', async () => {
      const rows = await town.app
        .get(Database)
        .many(sql`SELECT id FROM conversations WHERE id = ${conversation.id}`);
      return !rows.length;
    });
  });
});

describe('a message request', () => {
  it('waits for somebody private who does not follow: no push, no badge, until accepted', async () => {
    const { ada, bruno, conversation } = await two('private');
    const [adas, brunos] = [await openPage(town.app, ada), await openPage(town.app, bruno)];
    const first = await said(ada, conversation, 'May I?');
    await until('her own page hears it', () => adas.messages().length);
    await sleep(100);
    expect(brunos.told).toEqual([]);
    expect(await listOf(bruno)).toEqual([]);
    expect(await unreadOf(bruno)).toBe(0);
    expect(await listOf(bruno, '/requests')).toMatchObject([
      { id: conversation.id, isRequest: true, lastMessage: { content: 'May I?' } },
    ]);
    expect(await listOf(ada, '/requests')).toEqual([]);
    // Looking doesn't accept, and isn't told.
    await read(bruno, conversation, first).expect(204);
    await sleep(100);
    expect(
      adas.of('conversation.read').filter(({ user }) => (user as Person).id === bruno.id),
    ).toEqual([]);
    expect((await ada.browser.get(`${API}/conversations/${conversation.id}`)).body.readers).toEqual(
      [],
    );
    await bruno.browser.post(`${API}/conversations/${conversation.id}/accept`).expect(200);
    await said(ada, conversation, 'Thanks');
    await until('he hears her', () => brunos.messages().length);
    expect(brunos.messages()).toEqual(['Thanks']);
    expect(await unreadOf(bruno)).toBe(1);
    for (const page of [adas, brunos]) page.close();
  });

  it('is accepted by an answer, and silent after it was declined', async () => {
    const { ada, bruno, conversation } = await two('private');
    await said(ada, conversation, 'Hello?');
    await bruno.browser.post(`${API}/conversations/${conversation.id}/decline`).expect(204);
    await said(ada, conversation, 'Hello??');
    expect(await listOf(bruno)).toEqual([]);
    expect(await listOf(bruno, '/requests')).toEqual([]);
    expect(await unreadOf(bruno)).toBe(0);
    await said(bruno, conversation, 'Well, hello');
    expect(await listOf(bruno)).toMatchObject([{ id: conversation.id, isRequest: false }]);
  });

  it('is none for whoever is public or follows the sender', async () => {
    const open = await two('public');
    await said(open.ada, open.conversation, 'Hi');
    expect(await unreadOf(open.bruno)).toBe(1);
    const { ada, bruno, conversation } = await two('private');
    await follow(bruno, ada).expect(200);
    await said(ada, conversation, 'Hi');
    expect(await unreadOf(bruno)).toBe(1);
    expect(await listOf(bruno, '/requests')).toEqual([]);
  });
});

describe('messages', () => {
  it('reach the other at once, only them, as they may see them', async () => {
    const { ada, bruno, conversation } = await two();
    const eve = await town.newPerson('Eve');
    const pages = [await openPage(town.app, bruno), await openPage(town.app, eve)];
    const message = await said(ada, conversation, 'Waving 👋🏽 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿');
    await until('he hears it', () => pages[0]!.messages().length);
    expect(pages[0]!.of('message.added')[0]).toEqual({ ...message, clientId: null });
    const whole = await heard(bruno, conversation);
    expect(texts(whole)).toEqual(['Waving 👋🏽 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿']);
    await ada.browser.patch(`${API}/messages/${message.id}`).send({ content: 'Hi' }).expect(200);
    await bruno.browser
      .put(`${API}/messages/${message.id}/reaction`)
      .send({ emoji: '👍🏽' })
      .expect(200);
    await bruno.browser
      .put(`${API}/messages/${message.id}/reaction`)
      .send({ emoji: '❤️' })
      .expect(200);
    const [now] = await heard(ada, conversation);
    expect(now).toMatchObject({
      content: 'Hi',
      reactions: [{ emoji: '❤️', count: 1, isOwn: false }],
    });
    expect(now!.editedAt).not.toBeNull();
    await until('he hears of changes', () => pages[0]!.of('message.changed').length === 3);
    expect(pages[0]!.of('message.changed').at(-1)).toMatchObject({
      reactions: [{ emoji: '❤️', count: 1, isOwn: true }],
    });
    await bruno.browser.delete(`${API}/messages/${message.id}/reaction`).expect(200);
    await ada.browser.delete(`${API}/messages/${message.id}`).expect(204);
    expect((await heard(bruno, conversation))[0]).toMatchObject({ content: '', isDeleted: true });
    await ada.browser.patch(`${API}/messages/${message.id}`).send({ content: 'Back' }).expect(404);
    await bruno.browser.patch(`${API}/messages/${message.id}`).send({ content: 'x' }).expect(404);
    expect(pages[1]!.told).toEqual([]);
    for (const page of pages) page.close();
  });

  it('are refused if they are empty, too long, or answer what is not there', async () => {
    const { ada, conversation } = await two();
    const other = await two();
    const foreign = await said(other.ada, other.conversation, 'Elsewhere');
    const codes = async (content: unknown, values: Record<string, unknown> = {}) =>
      (await say(ada, conversation, content as string, values).expect(400)).body.errors.map(
        ({ code }: { code: string }) => code,
      );
    expect(await codes('')).toEqual(['nothing-to-send']);
    expect(await codes('   ')).toEqual(['nothing-to-send']);
    expect(await codes('x'.repeat(5001))).toEqual(['too-long']);
    expect(await codes(`${'x'.repeat(4999)}   `)).toEqual(['too-long']);
    expect(await codes(7)).toEqual(['not-text']);
    expect(await codes('Hi', { replyToId: foreign.id })).toEqual(['message-gone']);
    expect(await codes('Hi', { clientId: 'one' })).toEqual(['invalid-id']);
    expect(await codes('Hi', { mediaIds: [await upload(other.ada)] })).toEqual(['not-your-upload']);
    await said(ada, conversation, 'x'.repeat(5000));
    for (const emoji of ['', 'a', '👍👍', '1', '👍 '])
      await ada.browser.put(`${API}/messages/${foreign.id}/reaction`).send({ emoji }).expect(400);
  });

  it('come in pages, after one, before one, and around one', async () => {
    const { ada, bruno, conversation } = await two();
    const sent = [];
    for (let at = 0; at < 9; at++)
      sent.push(await said(at % 2 ? bruno : ada, conversation, `Number ${at}`));
    const numbers = async (query: string) =>
      texts(await heard(bruno, conversation, query)).map((text) => Number(text.slice(7)));
    expect(await numbers('?limit=3')).toEqual([8, 7, 6]);
    expect(await numbers(`?limit=3&before=${sent[6]!.id}`)).toEqual([5, 4, 3]);
    expect(await numbers(`?limit=3&after=${sent[4]!.id}`)).toEqual([5, 6, 7]);
    expect(await numbers(`?limit=4&around=${sent[4]!.id}`)).toEqual([6, 5, 4, 3]);
    const first = await bruno.browser.get(
      `${API}/conversations/${conversation.id}/messages?limit=5`,
    );
    expect(await numbers(`?limit=5&cursor=${first.body.nextCursor}`)).toEqual([3, 2, 1, 0]);
    await bruno.browser
      .get(`${API}/conversations/${conversation.id}/messages?around=${uuid()}`)
      .expect(404);
  });

  it('are read up to one: in all pages of the reader, and told to the other', async () => {
    const { ada, bruno, conversation } = await two();
    const first = await said(ada, conversation, 'One');
    const second = await said(ada, conversation, 'Two');
    const pages = [await openPage(town.app, ada), await openPage(town.app, bruno)];
    expect(await listOf(bruno)).toMatchObject([{ unreadCount: 2 }]);
    await read(bruno, conversation, first).expect(204);
    expect(await listOf(bruno)).toMatchObject([{ unreadCount: 1, lastReadId: first.id }]);
    await read(bruno, conversation, second).expect(204);
    // Never back
    await read(bruno, conversation, first).expect(204);
    expect(await unreadOf(bruno)).toBe(0);
    const marks = [first, second].map(({ id }) => ({
      conversationId: conversation.id,
      user: { id: bruno.id },
      messageId: id,
    }));
    for (const page of pages) {
      await until('it is told', () => page.of('conversation.read').length === 2);
      expect(page.of('conversation.read')).toMatchObject(marks);
    }
    const details = await ada.browser.get(`${API}/conversations/${conversation.id}`);
    expect(details.body.readers).toMatchObject([{ user: { id: bruno.id }, messageId: second.id }]);
    for (const page of pages) page.close();
  });

  it("of a group are read up to one: told to those whose messages were read, unless they can't see the reader", async () => {
    const [ada, bruno, chidi, dora, emre] = await Promise.all(
      ['Ada', 'Bruno', 'Chidi', 'Dora', 'Emre'].map((name) => town.newPerson(name)),
    );
    const group = await groupOf(ada!, bruno!, chidi!, dora!, emre!);
    const room = await roomOf(ada!, group);
    await read(chidi!, room, await said(emre!, room, 'Read before')).expect(204);
    await said(bruno!, room, 'From somebody blocked');
    const last = await said(ada!, room, 'Newest');
    await block(chidi!, bruno!);
    const people = [ada!, bruno!, chidi!, dora!, emre!];
    const pages = await Promise.all(people.map((person) => openPage(town.app, person)));
    await read(chidi!, room, last).expect(204);
    await until('she is told', () => pages[0]!.of('conversation.read').length);
    // A message that all of them get: whatever was pushed before it has come.
    await said(dora!, room, 'And now?');
    await until('all have heard', () => pages.every((page) => page.messages().length));
    const mark = { conversationId: room.id, user: { id: chidi!.id }, messageId: last.id };
    expect(pages.map((page) => page.of('conversation.read'))).toMatchObject([
      ...[[mark], [], [mark], [], []],
    ]);
    for (const page of pages) page.close();
  });

  it('are found by beginnings of words, without accents, in what one may see', async () => {
    const { ada, bruno, conversation } = await two();
    const other = await two();
    await said(other.ada, other.conversation, 'Crème elsewhere');
    await said(ada, conversation, 'Café at noon?\nBring “Crème brûlée”');
    const gone = await said(bruno, conversation, 'No crème for me');
    const find = async (who: Person, q: string, where = conversation.id) =>
      texts(
        (
          await who.browser
            .get(`${API}/conversations/${where}/search?q=${encodeURIComponent(q)}`)
            .expect(200)
        ).body.items,
      );
    expect(await find(bruno, 'creme')).toHaveLength(2);
    expect(await find(bruno, 'CAFE bru')).toHaveLength(1);
    expect(await find(bruno, 'afe')).toEqual([]);
    await bruno.browser.delete(`${API}/messages/${gone.id}`).expect(204);
    expect(await find(bruno, 'creme')).toHaveLength(1);
    const everywhere = await bruno.browser.get(`${API}/conversations/search?q=creme`).expect(200);
    expect(everywhere.body.items).toMatchObject([{ conversationId: conversation.id }]);
  });

  it('of a muted conversation count in no badge, and one that was put away comes back', async () => {
    const { ada, bruno, conversation } = await two();
    await said(ada, conversation, 'One');
    const patch = (values: object) =>
      bruno.browser.patch(`${API}/conversations/${conversation.id}`).send(values).expect(200);
    await patch({ isMuted: true });
    expect(await unreadOf(bruno)).toBe(0);
    await patch({ isMuted: false, isArchived: true });
    expect(await listOf(bruno)).toEqual([]);
    expect(await listOf(bruno, '?archived=true')).toHaveLength(1);
    await said(ada, conversation, 'Two');
    expect(await listOf(bruno)).toHaveLength(1);
    expect(await listOf(bruno, '?archived=true')).toEqual([]);
  });
});

describe('who is online, and who is writing', () => {
  it('is shown to accepted followers only, unless it is turned off', async () => {
    const { ada, bruno, conversation } = await two();
    await said(ada, conversation, 'Hi');
    const adas = await openPage(town.app, ada);
    const brunos = await openPage(town.app, bruno);
    await until('she is told', () => adas.of('presence.changed').length);
    expect(adas.of('presence.changed')).toEqual([{ userId: bruno.id, isOnline: true }]);
    const isOnline = async (who: Person) => (await listOf(who))[0]!.isOnline;
    expect(await isOnline(ada)).toBe(true);
    // He doesn't follow her.
    expect(await isOnline(bruno)).toBeNull();
    expect(brunos.of('presence.changed')).toEqual([]);
    const show = (isVisible: boolean) =>
      bruno.browser.put(`${API}/users/me/presence`).send({ isVisible }).expect(200);
    await show(false);
    expect(await isOnline(ada)).toBeNull();
    await until('she is told', () => adas.of('presence.changed').length === 2);
    await show(true);
    expect(await isOnline(ada)).toBe(true);
    for (const page of [adas, brunos]) page.close();
  });

  it('typing is told to the other, not to strangers, and not about what one is not in', async () => {
    const { ada, bruno, conversation } = await two();
    const eve = await town.newPerson('Eve');
    const pages = [
      await openPage(town.app, ada),
      await openPage(town.app, bruno),
      await openPage(town.app, eve),
    ] as const;
    pages[2].line.emit('typing', { conversationId: conversation.id });
    pages[0].line.emit('typing', { conversationId: conversation.id });
    await until('he sees it', () => pages[1].of('typing').length);
    await sleep(100);
    expect(pages[1].of('typing')).toEqual([{ conversationId: conversation.id, userId: ada.id }]);
    expect([...pages[0].of('typing'), ...pages[2].of('typing')]).toEqual([]);
    for (const page of pages) page.close();
  });
});
