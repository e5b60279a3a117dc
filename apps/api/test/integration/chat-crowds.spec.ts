import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Access } from '../../src/access/access.service.js';
import { RecipientsRepository } from '../../src/modules/chat/recipients.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql } from '../../src/platform/database/statements.js';
import { heard, listOf, openPage, read, roomOf, said, unreadOf } from '../support/chat.js';
import { groupOf } from '../support/events.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { insertBlock, insertPeople } from '../support/rows.js';
import { run, statementsOf } from '../support/statements.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const town = neighbourhood();

const block = (who: Person, whom: Person) =>
  who.browser.put(`${API}/users/me/blocks/${whom.id}`).expect(204);

/** Written past the api. */
async function flood({ id }: { id: string }, sender: Person, count: number): Promise<void> {
  const rows = Array.from(
    { length: count },
    () => sql`(${uuid()}, ${id}, ${sender.id}, ${uuid()}, 'Hm', '')`,
  );
  await run(
    town.app,
    sql`INSERT INTO messages (id, conversation_id, sender_id, client_id, content, search_text) VALUES ${join(rows)}`,
  );
}

const peopleIn = (count: number) => insertPeople(town.app.get(Database), count);

describe('a crowd in the room of a group', () => {
  it('hides no newer message from the badge, and is not counted whole', async () => {
    const [ada, bruno, chidi] = await town.newPeople('Ada', 'Bruno', 'Chidi');
    const room = await roomOf(ada!, await groupOf(ada!, bruno!, chidi!));
    await read(ada!, room, await said(ada!, room, 'Hello')).expect(204);
    await block(ada!, bruno!);
    await said(chidi!, room, 'Before many hidden ones');
    await flood(room, bruno!, 400);
    expect(await unreadOf(ada!)).toBe(1);
    expect((await listOf(ada!))[0]).toMatchObject({ unreadCount: 1 });

    await flood(room, bruno!, 200);
    expect(await unreadOf(ada!)).toBe(0);
    await said(chidi!, room, 'After them');
    expect(await unreadOf(ada!)).toBe(1);
    expect((await listOf(ada!))[0]).toMatchObject({ unreadCount: 1 });
  });

  it('shows who has read, below any number of readers who are hidden', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const group = await groupOf(ada!, bruno!);
    const room = await roomOf(ada!, group);
    const first = await said(ada!, room, 'Hello');
    await read(bruno!, room, first).expect(204);
    const last = await said(ada!, room, 'Again');
    const crowd = await peopleIn(700);
    await town.app.get(Database).transaction(async (transaction) => {
      for (const id of crowd) await insertBlock(transaction, id, ada!.id);
      const at = new Date().toISOString();
      await transaction.run(sql`
        INSERT INTO memberships (id, group_id, user_id, role, is_counted, joined_at)
        VALUES ${join(crowd.map((id) => sql`(${uuid()}, ${group.id}, ${id}, 'member', false, ${at})`))}`);
      await transaction.run(sql`
        INSERT INTO participants (id, conversation_id, user_id, last_read_id)
        VALUES ${join(crowd.map((id) => sql`(${uuid()}, ${room.id}, ${id}, ${last.id})`))}`);
    });
    const question = async () => {
      const { body } = await ada!.browser.get(`${API}/conversations/${room.id}`).expect(200);
      expect(body.readers).toMatchObject([{ user: { id: bruno!.id }, messageId: first.id }]);
    };
    const statements = await statementsOf(town.app, question);
    await run(
      town.app,
      sql`DELETE FROM participants WHERE last_read_id = ${last.id} AND user_id <> ${ada!.id}`,
    );
    expect(statements - (await statementsOf(town.app, question))).toBe(2);
  });

  it('reacts to a message: so many are counted, and the own is among them', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const room = await roomOf(ada!, await groupOf(ada!, bruno!));
    const message = await said(ada!, room, 'Hello');
    const other = await said(ada!, room, 'Hello');
    const crowd = await peopleIn(250);
    const reactions = crowd.map((id) => sql`(${uuid()}, ${message.id}, ${id}, '👍')`);
    await run(
      town.app,
      sql`INSERT INTO message_reactions (id, message_id, user_id, emoji) VALUES ${join(reactions)}`,
    );
    const late = await town.newPerson('Dora');
    for (const id of [message.id, other.id])
      await run(
        town.app,
        sql`INSERT INTO message_reactions (id, message_id, user_id, emoji) VALUES (${uuid()}, ${id}, ${bruno!.id}, '🐝')`,
      );
    expect(late.id > crowd.at(-1)!).toBe(true);
    const reactionsFor = async (who: Person) =>
      Object.fromEntries((await heard(who, room)).map(({ id, reactions }) => [id, reactions]));
    expect(await reactionsFor(ada!)).toMatchObject({
      [message.id]: [
        { emoji: '👍', count: 199 },
        { emoji: '🐝', count: 1, isOwn: false },
      ],
      [other.id]: [{ emoji: '🐝', count: 1, isOwn: false }],
    });
    expect(await reactionsFor(bruno!)).toMatchObject({
      [message.id]: [
        { emoji: '👍', count: 199 },
        { emoji: '🐝', count: 1, isOwn: true },
      ],
      [other.id]: [{ emoji: '🐝', count: 1, isOwn: true }],
    });
  });

  it('is told of reactions, whoever is blocked by many for themselves', async () => {
    const [ada, bruno, chidi] = await town.newPeople('Ada', 'Bruno', 'Chidi');
    const room = await roomOf(ada!, await groupOf(ada!, bruno!, chidi!));
    const message = await said(ada!, room, 'Hello');
    const crowd = await peopleIn(60);
    await town.app.get(Database).transaction(async (transaction) => {
      for (const id of crowd) await insertBlock(transaction, id, bruno!.id);
    });
    const cutFrom = async () => {
      const people = [bruno!.id, chidi!.id];
      const recipients = await town.app.get(RecipientsRepository).findOf(message.id, people);
      return recipients.filter(({ isCut }) => isCut).map(({ id }) => id);
    };
    expect(await cutFrom()).toEqual([]);
    await ada!.browser.put(`${API}/messages/${message.id}/reaction`).send({ emoji: '👍' });
    expect(await cutFrom()).toEqual([bruno!.id]);
    await block(chidi!, ada!);
    expect(await cutFrom()).toEqual([bruno!.id]);
  });

  it('hears at most twice of somebody whose page says many times at once that they type', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const room = await roomOf(ada!, await groupOf(ada!, bruno!));
    const pages = [await openPage(town.app, ada!), await openPage(town.app, bruno!)] as const;
    const access = town.app.get(Access);
    const audience = access.audience.bind(access);
    const spy = jest.spyOn(access, 'audience').mockImplementation(async (...asked) => {
      await sleep(50);
      return audience(...asked);
    });
    for (let times = 0; times < 10; times++)
      pages[0].line.emit('typing', { conversationId: room.id });
    await until('he sees it', () => pages[1].of('typing').length);
    await sleep(200);
    spy.mockRestore();
    await said(ada!, room, 'Hello');
    await until('he reads it', () => pages[1].messages().length);
    expect(pages[1].of('typing').length).toBeLessThanOrEqual(2);
    for (const page of pages) page.close();
  });
});
