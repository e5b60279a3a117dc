import type { Event } from '@echomate/contracts/events.dto';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import {
  EventCancelled,
  EventChanged,
  EventCreated,
} from '../../src/modules/events/events.domain-events.js';
import {
  answersTo,
  cancel,
  change,
  dayIn,
  eventOf,
  eventsOf,
  expectCountsOfEvents,
  groupOf,
  inDays,
  optionNamed,
  plan,
  planned,
  respond,
} from '../support/events.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';

const town = neighbourhood();
const heard: object[] = [];

let ada: Person;
let bruno: Person;
let chidi: Person;
let groupId: string;
beforeAll(async () => {
  [ada, bruno, chidi] = [
    await town.newPerson('Ada'),
    await town.newPerson('Bruno'),
    await town.newPerson('Chidi'),
  ];
  groupId = (await groupOf(ada, bruno, chidi)).id;
  for (const kind of [EventCreated, EventChanged, EventCancelled])
    town.app.get(DomainEvents).afterCommit(kind, 'spec', (event: object) => void heard.push(event));
});
beforeEach(() => void heard.splice(0));
afterEach(() => expectCountsOfEvents(town.app));

const options = (event: Event) =>
  event.options.map(({ title, answerCount, waitingCount }) => [title, answerCount, waitingCount]);

/** The codes at fault of a refused request, by field. */
const faults = (body: { errors?: { field: string; code: string }[] }) =>
  Object.fromEntries((body.errors ?? []).map(({ field, code }) => [field, code]));

describe('an event', () => {
  it('is planned by any member, for all of them', async () => {
    const event = await planned(bruno, groupId, {
      description: 'Bring a veil.',
      place: 'Behind the school',
    });
    expect(event).toMatchObject({
      title: 'Swarm evening',
      description: 'Bring a veil.',
      place: 'Behind the school',
      zone: 'Europe/Berlin',
      start: inDays(10),
      end: inDays(10, '21:00'),
      group: { id: groupId, title: 'Beekeepers', isLed: false },
      repeats: null,
      cancelledAt: null,
      isOver: false,
      response: null,
      mayEdit: true,
      mayDelete: true,
    });
    expect(options(event)).toEqual([
      ['Going', 0, 0],
      ['Not going', 0, 0],
    ]);
    expect(await eventOf(chidi, event)).toMatchObject({ mayEdit: false, mayDelete: false });
    expect(await eventOf(ada, event)).toMatchObject({ mayEdit: true, group: { isLed: true } });
    expect(heard).toEqual([new EventCreated(event.id, event.seriesId, groupId, bruno.id)]);
  });

  it('begins at the moment that the clocks of its zone show', async () => {
    const event = await planned(ada, groupId, { start: '2027-07-01T10:00', end: null });
    expect(event).toMatchObject({ startsAt: '2027-07-01T08:00:00.000Z', endsAt: null });
    const winter = await planned(ada, groupId, {
      start: '2027-12-01T10:00',
      end: '2027-12-01T11:00',
      zone: 'America/New_York',
    });
    expect(winter).toMatchObject({
      startsAt: '2027-12-01T15:00:00.000Z',
      endsAt: '2027-12-01T16:00:00.000Z',
    });
  });

  it('is made once, however often the request is repeated', async () => {
    const send = () => plan(ada, groupId, { title: 'Once' }).set('Idempotency-Key', 'once');
    const [one, other] = [await send().expect(201), await send().expect(201)];
    expect(other.body.id).toBe(one.body.id);
    expect(heard).toHaveLength(1);
    await plan(ada, groupId, { title: 'Twice' }).set('Idempotency-Key', 'once').expect(409);
  });

  it('refuses what nobody can mean, field by field', async () => {
    const refused = async (values: Record<string, unknown>) =>
      faults((await plan(ada, groupId, values).expect(400)).body);
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ title: `Option ${index}` }));
    const start = inDays(10);
    expect(await refused({ title: '' })).toEqual({ title: 'required' });
    expect(await refused({ title: 'x'.repeat(81) })).toEqual({ title: 'too-long' });
    expect(await refused({ description: 'x'.repeat(4001) })).toEqual({ description: 'too-long' });
    expect(await refused({ place: 'x'.repeat(201) })).toEqual({ place: 'too-long' });
    expect(await refused({ options: many(1) })).toEqual({ options: 'too-few-options' });
    expect(await refused({ options: many(50) })).toEqual({ options: 'too-many' });
    expect(await refused({ options: [{ title: 'Yes' }, { title: 'yes' }] })).toEqual({
      options: 'duplicate',
    });
    expect(await refused({ options: ['Yes', 'No'] })).toEqual({
      'options.0': 'required',
      'options.1': 'required',
    });
    expect(await refused({ options: 'Yes' })).toEqual({ options: 'too-few-options' });
    expect(await refused({ options: [{ title: 'x'.repeat(41) }, { title: 'No' }] })).toEqual({
      'options.0.title': 'too-long',
    });
    expect(await refused({ options: [{ title: 'Yes', capacity: 0 }, { title: 'No' }] })).toEqual({
      'options.0.capacity': 'too-small',
    });
    expect(await refused({ start: inDays(-1), end: null })).toEqual({ start: 'in-the-past' });
    expect(await refused({ start: inDays(365 * 6), end: null })).toEqual({
      start: 'too-far-ahead',
    });
    for (const day of ['2027-02-30T10:00', '2027-05-14T24:10', '2027-05-14', 'tomorrow', 7])
      expect(await refused({ start: day, end: null })).toEqual({ start: 'invalid-local-time' });
    for (const zone of ['Mars/Olympus', '+02:00', '', 5, '../../etc/passwd'])
      expect(await refused({ zone })).toEqual({ zone: 'unknown-zone' });
    expect(await refused({ end: start })).toEqual({ end: 'ends-before-start' });
    expect(await refused({ end: inDays(25) })).toEqual({ end: 'lasts-too-long' });
    expect(await refused({ repeats: 'daily', until: dayIn(30) })).toEqual({
      repeats: 'invalid-choice',
    });
    expect(await refused({ repeats: 'weekly' })).toEqual({ until: 'repeats-until-when' });
    expect(await refused({ until: dayIn(30) })).toEqual({ until: 'repeats-not' });
    expect(await refused({ repeats: 'weekly', until: dayIn(5) })).toEqual({
      until: 'until-before-start',
    });
    expect(await refused({ repeats: 'weekly', until: dayIn(800) })).toEqual({
      until: 'repeats-too-long',
    });
    expect(heard).toEqual([]);
  });

  it('cannot begin or end at a time that the clocks skip; of a time shown twice the first counts', async () => {
    const zone = 'Europe/Berlin';
    const { body } = await plan(ada, groupId, { start: '2027-03-28T02:30', end: null, zone });
    expect(faults(body)).toEqual({ start: 'no-such-time' });
    const other = await plan(ada, groupId, {
      start: '2027-03-28T01:30',
      end: '2027-03-28T02:30',
      zone,
    });
    expect(faults(other.body)).toEqual({ end: 'no-such-time' });
    const twice = await planned(ada, groupId, { start: '2027-10-31T02:30', end: null, zone });
    expect(twice.startsAt).toBe('2027-10-31T00:30:00.000Z');
  });

  it('is changed by who made it and by who leads the group, and says what has changed', async () => {
    const event = await planned(bruno, groupId);
    await change(chidi, event, { title: 'Mine' }).expect(403);
    await change(bruno, event, { title: 'Honey evening' }).expect(200);
    const { body } = await change(ada, event, {
      start: inDays(12, '18:00'),
      place: 'The barn',
    }).expect(200);
    expect(body).toMatchObject({
      title: 'Honey evening',
      place: 'The barn',
      start: inDays(12, '18:00'),
      end: inDays(12, '19:30'),
    });
    await change(ada, event, { title: 'Honey evening', place: 'The barn' }).expect(200);
    expect(heard.slice(1)).toEqual([
      new EventChanged(event.id, event.seriesId, groupId, bruno.id, ['title'], 'this'),
      new EventChanged(
        event.id,
        event.seriesId,
        groupId,
        ada.id,
        ['place', 'start', 'end'],
        'this',
      ),
    ]);
  });

  it('is no longer theirs to change who have left the group', async () => {
    const dora = await town.newPerson('Dora');
    const group = await groupOf(ada, dora);
    const event = await planned(dora, group.id);
    await dora.browser.delete(`${API}/groups/${group.id}/members/me`);
    await ada.browser.delete(`${API}/groups/${group.id}/members/${dora.id}`);
    await change(dora, event, { title: 'Still mine' }).expect(404);
    expect(await eventOf(ada, event)).toMatchObject({ title: 'Swarm evening' });
  });

  it('stays when it is cancelled, and takes neither answers nor changes', async () => {
    const event = await planned(bruno, groupId);
    await respond(chidi, event).expect(200);
    await cancel(chidi, event).expect(403);
    const { body } = await cancel(bruno, event).expect(200);
    expect(body.cancelledAt).toEqual(expect.any(String));
    expect((await eventsOf(chidi, `groups/${groupId}/events`)).map(({ id }) => id)).toContain(
      event.id,
    );
    for (const refused of [
      await respond(chidi, event, 'Not going'),
      await change(bruno, event, { title: 'Again' }),
      await cancel(bruno, event),
    ])
      expect([refused.status, refused.body.code]).toEqual([409, 'event-cancelled']);
    expect(heard.at(-1)).toEqual(
      new EventCancelled(event.id, event.seriesId, groupId, bruno.id, 'this'),
    );
  });

  it('is deleted only before anybody has answered', async () => {
    const event = await planned(bruno, groupId);
    const path = `${API}/events/${event.id}`;
    await chidi.browser.delete(path).expect(403);
    await respond(chidi, event).expect(200);
    const { body } = await bruno.browser.delete(path).expect(409);
    expect(body.code).toBe('event-answered');
    await chidi.browser.delete(`${path}/response`).expect(204);
    await bruno.browser.delete(path).expect(204);
    for (const who of [ada, bruno, chidi]) await who.browser.get(path).expect(404);
  });
});

describe('answers', () => {
  it('are counted and named, and can be changed and taken back', async () => {
    const event = await planned(ada, groupId);
    await respond(bruno, event).expect(200);
    const { body } = await respond(chidi, event).expect(200);
    expect(options(body)).toEqual([
      ['Going', 2, 0],
      ['Not going', 0, 0],
    ]);
    expect(body.response).toMatchObject({
      optionId: optionNamed(event, 'Going'),
      isWaiting: false,
    });
    await respond(bruno, event, 'Not going').expect(200);
    const named = async (title: string) =>
      (await answersTo(ada, event, `?optionId=${optionNamed(event, title)}`)).map(
        ({ user }) => user.firstName,
      );
    expect([await named('Going'), await named('Not going')]).toEqual([['Chidi'], ['Bruno']]);
    await chidi.browser.delete(`${API}/events/${event.id}/response`).expect(204);
    expect(options(await eventOf(ada, event))).toEqual([
      ['Going', 0, 0],
      ['Not going', 1, 0],
    ]);
    expect(await answersTo(ada, event)).toHaveLength(1);
  });

  it('are to the options of this event', async () => {
    const event = await planned(ada, groupId);
    const other = await planned(ada, groupId);
    const { body } = await bruno.browser
      .put(`${API}/events/${event.id}/response`)
      .send({ optionId: optionNamed(other, 'Going') })
      .expect(400);
    expect(faults(body)).toEqual({ optionId: 'not-an-option' });
  });

  it('wait when no place is free, and move up in their order', async () => {
    const event = await planned(ada, groupId, {
      options: [{ title: 'Going', capacity: 1 }, { title: 'Not going' }],
    });
    const waits = async (who: Person) => (await eventOf(who, event)).response!.isWaiting;
    for (const who of [ada, bruno, chidi]) await respond(who, event).expect(200);
    expect([await waits(ada), await waits(bruno), await waits(chidi)]).toEqual([false, true, true]);
    expect((await eventOf(ada, event)).options[0]).toMatchObject({
      capacity: 1,
      answerCount: 1,
      waitingCount: 2,
      isFull: true,
    });
    await respond(ada, event, 'Not going').expect(200);
    expect([await waits(bruno), await waits(chidi)]).toEqual([false, true]);
    await respond(ada, event).expect(200);
    await bruno.browser.delete(`${API}/events/${event.id}/response`).expect(204);
    expect([await waits(ada), await waits(chidi)]).toEqual([true, false]);
  });

  it('get the places that are added later, and keep those they have', async () => {
    const event = await planned(ada, groupId, {
      options: [{ title: 'Going', capacity: 1 }, { title: 'Not going' }],
    });
    for (const who of [ada, bruno, chidi]) await respond(who, event).expect(200);
    const [going, not] = event.options;
    const put = (capacity: number | null) =>
      change(ada, event, {
        options: [
          { id: going!.id, title: 'Going', capacity },
          { id: not!.id, title: 'Not going' },
        ],
      });
    await put(2).expect(200);
    expect((await eventOf(bruno, event)).response!.isWaiting).toBe(false);
    expect((await eventOf(chidi, event)).response!.isWaiting).toBe(true);
    const { body } = await put(1).expect(400);
    expect(faults(body)).toEqual({ 'options.0.capacity': 'places-taken' });
    await put(null).expect(200);
    expect(options(await eventOf(chidi, event))[0]).toEqual(['Going', 3, 0]);
  });

  it('keep their option: one that is picked cannot go', async () => {
    const event = await planned(ada, groupId, {
      options: [{ title: 'By bike' }, { title: 'By car' }, { title: 'Not going' }],
    });
    await respond(bruno, event, 'By bike').expect(200);
    const [bike, car, not] = event.options.map(({ id, title }) => ({ id, title }));
    const { body } = await change(ada, event, { options: [car, not] }).expect(400);
    expect(faults(body)).toEqual({ options: 'option-answered' });
    const changed = await change(ada, event, {
      options: [not, { ...bike, title: 'On two wheels' }, { title: 'Perhaps' }],
    }).expect(200);
    expect(options(changed.body)).toEqual([
      ['Not going', 0, 0],
      ['On two wheels', 1, 0],
      ['Perhaps', 0, 0],
    ]);
    const foreign = (await planned(ada, groupId)).options[0]!;
    const refused = await change(ada, event, {
      options: [not, bike, foreign].map((option) => ({ id: option!.id, title: option!.title })),
    });
    expect(faults(refused.body)).toEqual({ 'options.2.id': 'not-an-option' });
  });
});

describe('lists of events', () => {
  it('come in pages, the next first', async () => {
    const group = await groupOf(ada, bruno);
    for (const days of [9, 3, 6, 3])
      await planned(ada, group.id, { title: `In ${days}`, start: inDays(days), end: null });
    const titles: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await bruno.browser
        .get(`${API}/groups/${group.id}/events?limit=2${cursor}`)
        .expect(200);
      titles.push(...(body.items as Event[]).map(({ title }) => title));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(titles).toEqual(['In 3', 'In 3', 'In 6', 'In 9']);
    expect(await eventsOf(bruno, `groups/${group.id}/events?past=true`)).toEqual([]);
    await bruno.browser.get(`${API}/groups/${group.id}/events?past=perhaps`).expect(400);
    await bruno.browser.get(`${API}/groups/${group.id}/events?cursor=${group.id}`).expect(400);
  });

  it('of all my groups are of a range that has a limit', async () => {
    const range = async (query: string) =>
      (await bruno.browser.get(`${API}/users/me/events?${query}`)).status;
    expect(await range('from=2027-01-01T00:00:00Z&to=2027-03-01T00:00:00Z')).toBe(200);
    expect(await range('from=2027-01-01T00:00:00Z&to=2028-03-01T00:00:00Z')).toBe(400);
    expect(await range('from=yesterday')).toBe(400);
    expect(await range('from=9999-12-31T23:59:59Z')).toBe(400);
  });
});
