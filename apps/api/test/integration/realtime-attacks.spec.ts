import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Presence } from '../../src/platform/realtime/presence.js';
import { Realtime } from '../../src/platform/realtime/realtime.service.js';
import { between, openPage, read, roomOf, said } from '../support/chat.js';
import { groupOf } from '../support/events.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { logIn } from '../support/people.js';
import { connected, cookieOf, lineOf, type Line } from '../support/sockets.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const town = neighbourhood();

const lineFor = (who: Person, options?: Parameters<typeof lineOf>[2]) =>
  connected(lineOf(town.app, cookieOf(town.app, who.browser), options));
const ends = (line: Line) => until('the connection ended', () => !line.connected);
/** What no page of ours would send */
const sent = (line: Line, name: string, ...frame: unknown[]) =>
  (line as unknown as { emit(name: string, ...frame: unknown[]): void }).emit(name, ...frame);
/** Told to others than the attacker for what they did themselves */
const DUE = ['conversation.changed', 'presence.changed'];
const rawOf = (line: Line) => line.io.engine as unknown as { write(data: string): void };

/** A connection without our client, which closes by itself what is refused. Resolves when the server has ended it. */
async function endOfRaw(who: Person, greeting?: string): Promise<void> {
  const url = `${town.app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const headers = { cookie: cookieOf(town.app, who.browser) };
  const socket = new WebSocket(url, { headers } as unknown as string[]);
  const ended = once(socket, 'close');
  await once(socket, 'open');
  if (greeting) socket.send(greeting);
  await ended;
}

/** Takes as long as the server waits, beside the other tests. */
let silent: Promise<void>;
beforeAll(async () => {
  silent = endOfRaw(await town.newPerson('Eve'));
});

/** Somebody else's page, which hears what it should and nothing more, whatever goes on. */
async function bystander() {
  const ada = await town.newPerson('Ada');
  const page = await openPage(town.app, ada);
  return {
    async isUnaffected() {
      await town.app.anyone().get(`${API}/health/live`).expect(200);
      town.app.get(Realtime).push([ada.id], 'conversation.changed', { conversationId: '' });
      await until('the other page hears', () => page.told.length > 0);
      expect(page.told.map(({ name }) => name)).toEqual(['conversation.changed']);
      expect(page.line.connected).toBe(true);
      page.close();
    },
  };
}

describe('an attacker', () => {
  it('with a stolen session hears nothing more once it is ended, and does not get in again', async () => {
    const ada = await town.newPerson('Ada');
    const stolen = cookieOf(town.app, ada.browser);
    const there = await logIn(town.app, ada.email);
    const line = await connected(lineOf(town.app, stolen));
    const heard: string[] = [];
    line.onAny((name: string) => heard.push(name));
    const { body } = await ada.browser.get(`${API}/auth/session`).expect(200);
    await there.delete(`${API}/auth/sessions/${body.sessionId}`).expect(204);
    await ends(line);
    town.app.get(Realtime).push([ada.id], 'notifications.changed');
    await sleep(100);
    expect(heard).toEqual(['session.ended']);
    await expect(connected(lineOf(town.app, stolen))).rejects.toThrow();
    await expect(
      connected(lineOf(town.app, stolen, { transports: ['polling'] })),
    ).rejects.toThrow();
  });

  it('gets into no room by its name, nor by asking for it', async () => {
    const [ada, ben, eve] = await town.newPeople('Ada', 'Ben', 'Eve');
    await follow(ada!, ben!).expect(200);
    const conversation = await between(ada!, ben!);
    const { body } = await ada!.browser.get(`${API}/auth/session`).expect(200);
    const spy = await openPage(town.app, eve!);
    for (const room of [`user:${ada!.id}`, `session:${body.sessionId}`, conversation.id])
      for (const name of ['join', 'subscribe', 'room', 'connection']) sent(spy.line, name, room);
    await lineFor(eve!, { auth: { room: `user:${ada!.id}` }, query: { room: `user:${ada!.id}` } });
    const bens = await openPage(town.app, ben!);
    await said(ada!, conversation, 'Between us');
    await until('he hears it', () => bens.messages().length);
    await sleep(100);
    expect(spy.told).toEqual([]);
    bens.close();
    spy.close();
  });

  it('marks nothing read for others, types for nobody, and not where nothing may be written', async () => {
    const [ada, ben, cem, eve] = await town.newPeople('Ada', 'Ben', 'Cem', 'Eve');
    await follow(ada!, ben!).expect(200);
    const conversation = await between(ada!, ben!);
    const message = await said(ada!, conversation, 'Unread');
    const group = await groupOf(ada!, ben!, cem!);
    const room = await roomOf(ada!, group);
    const pia = await town.newPerson('Pia', { visibility: 'private' });
    await follow(pia, eve!).expect(200);
    const asked = await between(pia, eve!);
    await eve!.browser.put(`${API}/users/me/blocks/${cem!.id}`).expect(204);
    const [adas, bens, cems, eves] = await Promise.all(
      [ada!, ben!, cem!, eve!].map((who) => openPage(town.app, who)),
    );
    const pages = [adas!, bens!, eves!];
    const from = eves!.line;
    for (const line of [from, cems!.line])
      for (const name of [
        'conversation.read',
        'message.added',
        'presence.changed',
        'session.ended',
      ])
        sent(line, name, {
          conversationId: conversation.id,
          userId: ben!.id,
          messageId: message.id,
          isOnline: false,
        });
    sent(from, 'typing', { conversationId: conversation.id });
    sent(from, 'typing', { conversationId: room.id, userId: ben!.id });
    sent(cems!.line, 'typing', { conversationId: room.id, userId: ben!.id });
    // Out of the group, nobody hears that he is typing.
    await ada!.browser.delete(`${API}/groups/${group.id}/members/${cem!.id}`).expect(204);
    sent(cems!.line, 'typing', { conversationId: room.id });
    // Nor where the last follow has ended.
    await pia.browser.delete(`${API}/users/${eve!.id}/follow`).expect(204);
    sent(from, 'typing', { conversationId: asked.id });
    const pias = await openPage(town.app, pia);
    await sleep(200);
    for (const page of [...pages, pias])
      expect(page.told.filter(({ name }) => !DUE.includes(name))).toEqual([]);
    // Who follows him was told that he came.
    expect([...adas!.of('presence.changed'), ...bens!.of('presence.changed')]).toEqual(
      adas!.of('presence.changed').map(() => ({ userId: ben!.id, isOnline: true })),
    );
    const { body } = await ben!.browser.get(`${API}/conversations/${conversation.id}`).expect(200);
    expect(body.unreadCount).toBe(1);
    await read(eve!, conversation, message).expect(404);
    for (const page of [...pages, cems!, pias]) page.close();
  });

  it('is cut off after 10,000 frames in a second, and the others are not', async () => {
    const other = await bystander();
    const flood = await lineFor(await town.newPerson('Eve'));
    for (let at = 0; at < 10_000; at++) sent(flood, 'typing', { at });
    await ends(flood);
    await other.isUnaffected();
  });

  it('is cut off for a frame of 10 MB', async () => {
    const other = await bystander();
    const eve = await town.newPerson('Eve');
    for (const transport of ['websocket', 'polling']) {
      const flood = await lineFor(eve, { transports: [transport] });
      sent(flood, 'typing', 'x'.repeat(10_000_000));
      await ends(flood);
    }
    await other.isUnaffected();
  });

  it('gets nothing by junk', async () => {
    const other = await bystander();
    const eve = await town.newPerson('Eve');
    for (const junk of [
      '2["__proto__",{}]',
      '2["constructor",{}]',
      '2["typing",null]',
      '2["typing",[[[[1]]]]]',
      '2["typing",{"conversationId":{"$ne":null}}]',
      '2["typing",{"__proto__":{"conversationId":1}}]',
      `2["typing",${'['.repeat(5000)}${']'.repeat(5000)}]`,
      '2["disconnect"]',
      '213["typing",{"conversationId":"x"}]',
      '51-["a"]',
      '599999999-["a",{"_placeholder":true,"num":0}]',
      '0/admin,',
      '3999[]',
      '9',
      '2{',
      '',
    ]) {
      const flood = await lineFor(eve);
      rawOf(flood).write(junk);
      await sleep(20);
      flood.close();
    }
    await other.isUnaffected();
    const line = await lineFor(eve);
    expect(line.connected).toBe(true);
    line.close();
  });

  it('has no more than 30 of 5,000 sockets, and none is left when they close', async () => {
    const other = await bystander();
    const eve = await town.newPerson('Eve');
    const lines = await Promise.all(Array.from({ length: 30 }, () => lineFor(eve)));
    for (let asked = 30; asked < 5000; asked += 142)
      await Promise.all(
        Array.from({ length: 142 }, () => expect(lineFor(eve)).rejects.toThrow('too-many-sockets')),
      );
    await endOfRaw(eve, '40');
    expect(lines.every(({ connected }) => connected)).toBe(true);
    for (const line of lines) line.close();
    const presence = town.app.get(Presence);
    await until('she is gone', async () => !(await presence.online([eve.id])).size);
    await other.isUnaffected();
  });

  it('keeps no connection that says nothing', async () => {
    await silent;
  });
});
