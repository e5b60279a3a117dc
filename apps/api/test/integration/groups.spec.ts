import type { Group } from '@echomate/contracts/groups.dto';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import {
  ask,
  expectGroupsToBeSound,
  found,
  groupOf,
  invite,
  leave,
  letIn,
  membersOf,
} from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { get, upload } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const NOBODY = '01970000-0000-7000-8000-000000000000';

afterEach(() => expectGroupsToBeSound(place.app));

const people = (...names: string[]) => place.newPeople(...names);

const namesOf = (members: { user: { firstName: string } }[]) =>
  members.map(({ user }) => user.firstName);

describe('a group', () => {
  it('is founded with title, description and banner, and its founder leads it', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const group = await found(ada!, {
      title: ' Beekeepers ',
      description: 'Swarms and honey',
      bannerId: await upload(ada!),
    });
    expect(group).toMatchObject({
      title: 'Beekeepers',
      description: 'Swarms and honey',
      memberCount: 1,
      standing: 'member',
      role: 'creator',
      inside: { creator: { firstName: 'Ada' }, requestCount: 0 },
    });
    expect(group.banner?.kind).toBe('image');
    const seen = await groupOf(bruno!, group);
    expect(seen).toEqual({
      ...group,
      standing: 'none',
      role: null,
      inside: null,
    });
    await bruno!.browser.get(group.banner!.urls.card).expect(200);
    await place.app.browser().get(group.banner!.urls.card).expect(401);
  });

  it.each([
    ['no title', 'title', { title: '  ' }],
    ['a title of nothing', 'title', { title: '\u200b' }],
    ['an endless title', 'title', { title: 'x'.repeat(81) }],
    ['an endless description', 'description', { description: 'x'.repeat(2001) }],
    ['a banner that is not there', 'bannerId', { bannerId: NOBODY }],
    ['a number of members', 'memberCount', { memberCount: 1000 }],
  ])('is not founded with %s', async (_, field, values) => {
    const [ada] = await people('Ada');
    const { body } = await ada!.browser
      .post(`${API}/groups`)
      .send({ title: 'Beekeepers', ...values })
      .expect(400);
    expect(body.errors[0].field).toBe(field);
    expect((await get(ada!, 'users/me/groups')).items).toEqual([]);
  });

  it('is founded once, however often the request is sent', async () => {
    const [ada] = await people('Ada');
    const send = () =>
      ada!.browser
        .post(`${API}/groups`)
        .set('Idempotency-Key', 'once')
        .send({ title: 'Beekeepers' })
        .expect(201);
    const [one, other] = await Promise.all([send(), send()]);
    expect(one.body.id).toBe(other.body.id);
    expect((await get(ada!, 'users/me/groups')).items).toHaveLength(1);
  });

  it('is found by beginnings of words, without accents, and listed by size', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const small = await found(ada!, { title: 'Zwölf Zitherspieler', description: 'Kammermusik' });
    const large = await found(ada!, { title: 'Zitherfreunde', description: 'Laut' });
    await letIn(ada!, large, bruno!, chidi!);
    const titles = async (query: string) =>
      (await get(chidi!, `groups?${query}`)).items.map(({ title }: Group) => title);
    expect(await titles('q=zither')).toEqual(['Zitherfreunde', 'Zwölf Zitherspieler']);
    expect(await titles('q=ZWOLF%20kammer')).toEqual(['Zwölf Zitherspieler']);
    expect(await titles('q=spieler')).toEqual([]);
    expect(await titles('q=%25')).toEqual([]);
    const all = (await get(chidi!, 'groups?limit=100')).items.map(({ id }: Group) => id);
    expect(all.indexOf(large.id)).toBeLessThan(all.indexOf(small.id));
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const page = await get(chidi!, `groups?limit=1${cursor}`);
      paged.push(...page.items.map(({ id }: Group) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    expect(paged).toEqual(all);
    await chidi!.browser.get(`${API}/groups?cursor=5.x`).expect(400);
  });

  it('is changed by who leads it, and by nobody else', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!, {
      title: 'Mellifera',
      description: 'Honey',
      bannerId: await upload(ada!),
    });
    await letIn(ada!, group, bruno!);
    const change = (who: Person, values: object) =>
      who.browser.patch(`${API}/groups/${group.id}`).send(values);
    for (const other of [bruno!, chidi!]) await change(other, { title: 'Mine' }).expect(403);
    const next = await upload(ada!);
    const { body } = await change(ada!, { title: 'Apiarists', bannerId: next }).expect(200);
    expect(body).toMatchObject({ title: 'Apiarists', description: 'Honey' });
    expect(body.banner.id).toBe(next);
    await bruno!.browser.get(group.banner!.urls.card).expect(404);
    expect((await get(chidi!, 'groups?q=mellifera')).items).toEqual([]);
    expect((await get(chidi!, 'groups?q=apiarists')).items).toHaveLength(1);
    const bare = (await change(ada!, { bannerId: null, description: null }).expect(200)).body;
    expect(bare).toMatchObject({ banner: null, description: '' });
    await change(ada!, { bannerId: await upload(bruno!) }).expect(400);
  });

  it('disappears when it is deleted, and comes back whole within ten minutes', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const group = await found(ada!, { bannerId: await upload(ada!) });
    await letIn(ada!, group, bruno!);
    const remove = (who: Person) => who.browser.delete(`${API}/groups/${group.id}`);
    await remove(bruno!).expect(403);
    await remove(ada!).expect(204);
    for (const who of [ada!, bruno!]) {
      await who.browser.get(`${API}/groups/${group.id}`).expect(404);
      await who.browser.get(`${API}/groups/${group.id}/members`).expect(404);
      await who.browser.get(group.banner!.urls.card).expect(404);
      expect((await get(who, 'users/me/groups')).items).toEqual([]);
    }
    await leave(bruno!, group).expect(404);
    const restore = (who: Person) => who.browser.post(`${API}/groups/${group.id}/restore`);
    await restore(bruno!).expect(404);
    expect((await restore(ada!).expect(200)).body).toMatchObject({ memberCount: 2 });
    expect(namesOf(await membersOf(bruno!, group))).toEqual(['Bruno', 'Ada']);
    await restore(ada!).expect(404);
  });

  it('cannot be restored later, and leaves nothing but times in it', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!, { bannerId: await upload(ada!) });
    await letIn(ada!, group, bruno!);
    await ask(chidi!, group).expect(204);
    await ada!.browser.delete(`${API}/groups/${group.id}`).expect(204);
    const database = place.app.get(Database);
    await database.transaction(async (transaction) => {
      const longAgo = new Date(Date.now() - 3600_000).toISOString();
      await transaction.run(sql`UPDATE groups SET deleted_at = ${longAgo} WHERE id = ${group.id}`);
      await transaction.run(sql`UPDATE jobs SET run_at = ${longAgo} WHERE kind = 'groups.wipe'`);
    });
    await ada!.browser.post(`${API}/groups/${group.id}/restore`).expect(404);
    for (let attempt = 0; ; attempt++) {
      const row = await database.one<{ title: string }>(
        sql`SELECT title FROM groups WHERE id = ${group.id}`,
      );
      if (row!.title === '') break;
      expect(attempt).toBeLessThan(500);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const past = (await get(bruno!, 'users/me/memberships')).items;
    expect(past).toMatchObject([{ group: null, endedBy: 'group' }]);
    expect(
      await database.many(sql`SELECT id FROM group_requests WHERE group_id = ${group.id}`),
    ).toEqual([]);
  });
});

describe('who is in', () => {
  it('only members see each other; they are found by name', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidiebere');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!);
    await chidi!.browser.get(`${API}/groups/${group.id}/members`).expect(404);
    await chidi!.browser.get(`${API}/groups/${group.id}/invitable`).expect(404);
    const foundByName = (await get(bruno!, `groups/${group.id}/members?q=ada`)).items;
    expect(namesOf(foundByName)).toEqual(['Ada']);
    expect(foundByName[0]).toMatchObject({ role: 'creator' });
    expect((await get(bruno!, `groups/${group.id}/members?q=chidiebere`)).items).toEqual([]);
    await follow(bruno!, chidi!).expect(200);
    expect((await get(bruno!, `groups/${group.id}/invitable`)).items).toMatchObject([
      { user: { firstName: 'Chidiebere' }, isInvited: false },
    ]);
    await invite(bruno!, group, chidi!).expect(200);
    expect((await get(ada!, `groups/${group.id}/invitable?q=chidiebere`)).items).toMatchObject([
      { isInvited: true },
    ]);
  });

  it('leaves, or is removed, and keeps the times for themselves', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!, chidi!);
    await leave(ada!, group).expect(409);
    await bruno!.browser.delete(`${API}/groups/${group.id}/members/${chidi!.id}`).expect(403);
    await ada!.browser.delete(`${API}/groups/${group.id}/members/${ada!.id}`).expect(403);
    await ada!.browser.delete(`${API}/groups/${group.id}/members/${chidi!.id}`).expect(204);
    await ada!.browser.delete(`${API}/groups/${group.id}/members/${chidi!.id}`).expect(404);
    await leave(bruno!, group).expect(204);
    await bruno!.browser.get(`${API}/groups/${group.id}/members`).expect(404);
    expect((await groupOf(bruno!, group)).memberCount).toBe(1);
    expect((await get(bruno!, 'users/me/memberships')).items).toMatchObject([
      { group: { title: 'Beekeepers' }, role: 'member', endedBy: 'left' },
    ]);
    expect((await get(chidi!, 'users/me/memberships')).items[0].endedBy).toBe('removed');
    await letIn(ada!, group, bruno!);
    expect((await get(bruno!, 'users/me/memberships')).items).toHaveLength(2);
  });

  it('finds the times that are over, in pages, without what has been deleted since', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const past = (who: Person, more = '') => get(who, `users/me/memberships?past=true${more}`);
    const [bees, kites, choir] = [
      await found(ada!),
      await found(ada!, { title: 'Kites' }),
      await found(ada!, { title: 'Choir' }),
    ];
    for (const group of [bees, kites, choir]) await letIn(ada!, group, bruno!);
    expect(await past(bruno!)).toEqual({ items: [], nextCursor: null });
    await leave(bruno!, bees).expect(204);
    await ada!.browser.delete(`${API}/groups/${kites.id}/members/${bruno!.id}`).expect(204);
    const first = await past(bruno!, '&limit=1');
    expect(first.items).toMatchObject([{ group: { title: 'Kites' }, endedBy: 'removed' }]);
    const second = await past(bruno!, `&limit=1&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({
      items: [{ group: { id: bees.id }, endedBy: 'left' }],
      nextCursor: null,
    });
    // Renamed for everyone; deleted for everyone.
    const renamed = { title: 'Beekeepers of the town' };
    await ada!.browser.patch(`${API}/groups/${bees.id}`).send(renamed).expect(200);
    await ada!.browser.delete(`${API}/groups/${kites.id}`).expect(204);
    const { items } = await past(bruno!);
    expect(items.map(({ group }: { group: unknown }) => group)).toEqual([
      null,
      { id: bees.id, ...renamed },
    ]);
    expect(JSON.stringify(items)).not.toContain('Kites');
    expect((await past(ada!)).items).toEqual([]);
    await bruno!.browser.get(`${API}/users/me/memberships?past=perhaps`).expect(400);
  });

  it('hands the group over to another member', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!);
    const handOver = (who: Person, to: string) =>
      who.browser.put(`${API}/groups/${group.id}/creator`).send({ userId: to });
    await handOver(bruno!, bruno!.id).expect(403);
    for (const nobody of [chidi!.id, ada!.id, NOBODY]) await handOver(ada!, nobody).expect(400);
    await handOver(ada!, bruno!.id).expect(204);
    expect((await groupOf(ada!, group)).role).toBe('member');
    expect((await groupOf(bruno!, group)).inside?.creator?.firstName).toBe('Bruno');
    await leave(ada!, group).expect(204);
  });

  it('passes to who has been in longest when the account of who leads it goes', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!);
    const alone = await found(ada!, { title: 'Ada alone' });
    await letIn(ada!, group, bruno!, chidi!);
    await place.app.get(AccountRemovalService).remove(ada!.id);
    for (let attempt = 0; ; attempt++) {
      const row = await place.app
        .get(Database)
        .one(sql`SELECT id FROM users WHERE id = ${ada!.id}`);
      if (!row) break;
      expect(attempt).toBeLessThan(1000);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await groupOf(bruno!, group)).toMatchObject({ role: 'creator', memberCount: 2 });
    await bruno!.browser.get(`${API}/groups/${alone.id}`).expect(404);
  });
});
