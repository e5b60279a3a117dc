import type { Event } from '@echomate/contracts/events.dto';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import {
  answersTo,
  cancel,
  change,
  eventOf,
  expectCountsOfEvents,
  groupOf,
  jobsDone,
  optionNamed,
  plan,
  planned,
  respond,
} from '../support/events.js';
import { letIn } from '../support/groups.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';

const town = neighbourhood();

let ada: Person;
let bruno: Person;
let eva: Person;
beforeAll(async () => {
  [ada, bruno, eva] = [
    await town.newPerson('Ada'),
    await town.newPerson('Bruno'),
    await town.newPerson('Eva'),
  ];
});
afterEach(() => expectCountsOfEvents(town.app));

/** The path of a new secret address. */
const address = async (who: Person): Promise<string> => {
  const { body } = await who.browser.post(`${API}/users/me/calendar`).expect(201);
  return new URL(body.url as string).pathname;
};

const readAddress = (path: string) => town.app.anyone().get(path);

/** Everything about an event that answers somebody who may see it. */
async function seenBy(who: Person, event: Event): Promise<string[]> {
  const optionId = optionNamed(event, 'Going');
  const requests = {
    event: who.browser.get(`${API}/events/${event.id}`),
    ics: who.browser.get(`${API}/events/${event.id}.ics`),
    names: who.browser.get(`${API}/events/${event.id}/responses`),
    answer: who.browser.put(`${API}/events/${event.id}/response`).send({ optionId }),
    withdraw: who.browser.delete(`${API}/events/${event.id}/response`),
    change: change(who, event, { title: 'Taken over' }),
    cancel: cancel(who, event),
    delete: who.browser.delete(`${API}/events/${event.id}`),
    list: who.browser.get(`${API}/groups/${event.group.id}/events`),
    plan: plan(who, event.group.id),
  };
  const seen: string[] = [];
  for (const [name, request] of Object.entries(requests))
    if ((await request).status !== 404) seen.push(name);
  const own = await who.browser.get(`${API}/users/me/events`).expect(200);
  if (JSON.stringify(own.body).includes(event.id)) seen.push('own');
  return seen;
}

describe('an event is hidden', () => {
  it('from who is not in its group, invited or asking, on every path', async () => {
    const group = await groupOf(ada);
    const event = await planned(ada, group.id, { title: 'Secret' });
    expect(await seenBy(bruno, event)).toEqual([]);
    await ada.browser
      .post(`${API}/groups/${group.id}/invitations`)
      .send({ userIds: [bruno.id] })
      .expect(200);
    await eva.browser.post(`${API}/groups/${group.id}/requests`).send({});
    for (const who of [bruno, eva]) expect(await seenBy(who, event)).toEqual([]);
    expect((await readAddress(await address(bruno)).expect(200)).text).not.toContain('Secret');
    for (const path of [`events/${event.id}`, `events/${event.id}.ics`])
      await town.app.anyone().get(`${API}/${path}`).expect(401);
    expect(await eventOf(ada, event)).toMatchObject({ title: 'Secret', cancelledAt: null });
  });

  it('from who left or was removed, at once, at the secret address too; their answers go', async () => {
    const [dora, finn] = [await town.newPerson('Dora'), await town.newPerson('Finn')];
    const group = await groupOf(ada, dora, finn, bruno);
    const event = await planned(dora, group.id, {
      title: 'Secret',
      options: [{ title: 'Going', capacity: 2 }, { title: 'Not going' }],
    });
    for (const who of [dora, finn, bruno]) await respond(who, event).expect(200);
    const paths = [await address(dora), await address(finn)];
    for (const path of paths)
      expect((await readAddress(path).expect(200)).text).toContain('Secret');
    await dora.browser.delete(`${API}/groups/${group.id}/members/me`).expect(204);
    await ada.browser.delete(`${API}/groups/${group.id}/members/${finn.id}`).expect(204);
    for (const who of [dora, finn]) expect(await seenBy(who, event)).toEqual([]);
    for (const path of paths)
      expect((await readAddress(path).expect(200)).text).not.toContain('Secret');
    expect((await answersTo(ada, event)).map(({ user }) => user.firstName)).toEqual(['Bruno']);
    await jobsDone(town.app, 'events.leave');
    const after = await eventOf(bruno, event);
    expect(after.options[0]).toMatchObject({ answerCount: 1, waitingCount: 0, isFull: false });
    expect(after.response!.isWaiting).toBe(false);
    await letIn(ada, group, dora);
    expect(await eventOf(dora, event)).toMatchObject({ response: null, mayEdit: true });
  });

  it('from everyone once its group is deleted, until it is restored', async () => {
    const group = await groupOf(ada, bruno);
    const event = await planned(ada, group.id, { title: 'Going soon' });
    const path = await address(bruno);
    await ada.browser.delete(`${API}/groups/${group.id}`).expect(204);
    for (const who of [ada, bruno]) expect(await seenBy(who, event)).toEqual([]);
    expect((await readAddress(path).expect(200)).text).not.toContain('Going soon');
    await ada.browser.post(`${API}/groups/${group.id}/restore`).expect(200);
    expect(await eventOf(bruno, event)).toMatchObject({ title: 'Going soon' });
    expect((await readAddress(path).expect(200)).text).toContain('Going soon');
  });
});

describe('somebody who is hidden', () => {
  it('by a suspension is in no number and no list, keeps the place, and their address is silent', async () => {
    const gita = await town.newPerson('Gita');
    const group = await groupOf(ada, gita, bruno);
    const event = await planned(ada, group.id, {
      options: [{ title: 'Going', capacity: 1 }, { title: 'Not going' }],
    });
    await respond(gita, event).expect(200);
    const path = await address(gita);
    const put = (state: 'hide' | 'restore') =>
      town.app
        .get(Database)
        .transaction((transaction) =>
          town.app.get(AccountStatesService)[state](transaction, gita.id, 'suspended'),
        );
    await put('hide');
    await readAddress(path).expect(404);
    expect(await answersTo(bruno, event)).toEqual([]);
    await jobsDone(town.app, 'events.recount');
    expect((await eventOf(bruno, event)).options[0]).toMatchObject({
      answerCount: 0,
      isFull: true,
    });
    await respond(bruno, event).expect(200);
    expect((await eventOf(bruno, event)).response!.isWaiting).toBe(true);
    await put('restore');
    await jobsDone(town.app, 'events.recount');
    expect((await eventOf(ada, event)).options[0]).toMatchObject({
      answerCount: 1,
      waitingCount: 1,
    });
    await readAddress(path).expect(200);
  });

  it('by a block is in no number and no list of the other', async () => {
    const [hugo, iris] = [await town.newPerson('Hugo'), await town.newPerson('Iris')];
    const group = await groupOf(ada, hugo, iris);
    const event = await planned(hugo, group.id);
    await respond(hugo, event).expect(200);
    await respond(iris, event).expect(200);
    await hugo.browser.put(`${API}/users/me/blocks/${iris.id}`).expect(204);
    for (const [who, other] of [
      [hugo, iris],
      [iris, hugo],
    ] as const) {
      const seen = await eventOf(who, event);
      expect(seen.options[0]!.answerCount).toBe(1);
      expect((await answersTo(who, event)).map(({ user }) => user.id)).toEqual([who.id]);
      expect(JSON.stringify(seen)).not.toContain(other.id);
    }
    expect((await eventOf(ada, event)).options[0]!.answerCount).toBe(2);
  });
});

describe('the secret address', () => {
  it('shows what its owner may see, to whoever knows it, until it is renewed or ended', async () => {
    const jonas = await town.newPerson('Jonas');
    const group = await groupOf(ada, jonas);
    await planned(ada, group.id, { title: 'For members' });
    const state = () => jonas.browser.get(`${API}/users/me/calendar`);
    expect((await state()).body).toEqual({ createdAt: null });
    const first = await address(jonas);
    const { headers, text } = await readAddress(first).expect(200);
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(text).toContain('For members');
    expect((await state()).body).toEqual({ createdAt: expect.any(String) });
    const second = await address(jonas);
    await readAddress(first).expect(404);
    await readAddress(second).expect(200);
    await jonas.browser.delete(`${API}/users/me/calendar`).expect(204);
    await readAddress(second).expect(404);
    for (const wrong of ['x', 'x'.repeat(32), encodeURIComponent('../../x')])
      await readAddress(`${API}/calendars/${wrong}.ics`).expect(404);
  });

  it('is not in the database', async () => {
    const secret = /calendars\/(.+)\.ics/.exec(await address(ada))![1]!;
    const rows = await town.app.get(Database).many(sql`SELECT * FROM calendars`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});
