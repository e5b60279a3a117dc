import type { GroupDetails } from '@echomate/contracts/groups.dto';
import {
  change,
  eventOf,
  expectCountsOfEvents,
  groupOf,
  jobsDone,
  planned,
  respond,
} from '../support/events.js';
import { letIn } from '../support/groups.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';

const town = neighbourhood();
const PEOPLE = 10;

let ada: Person;
const people: Person[] = [];
let group: GroupDetails;
let groupId: string;
beforeAll(async () => {
  ada = await town.newPerson('Ada');
  for (let count = 0; count < PEOPLE; count++) people.push(await town.newPerson('Bruno'));
  group = await groupOf(ada, ...people);
  groupId = group.id;
});
afterEach(() => expectCountsOfEvents(town.app));

const CAPACITY = 3;
const limited = () =>
  planned(ada, groupId, {
    options: [{ title: 'Going', capacity: CAPACITY }, { title: 'Not going' }],
  });

/** All at the same time; none may fail but in the expected way. */
const statuses = async (requests: PromiseLike<{ status: number }>[]) => [
  ...new Set((await Promise.all(requests)).map(({ status }) => status)),
];

describe('at the same time', () => {
  it('fifty answers and changes leave counts that equal the rows', async () => {
    const event = await limited();
    const requests = Array.from({ length: 5 }, (_, turn) =>
      people.map((who, index) => respond(who, event, (index + turn) % 2 ? 'Going' : 'Not going')),
    ).flat();
    expect(requests).toHaveLength(50);
    expect(await statuses(requests)).toEqual([200]);
    const [going, not] = (await eventOf(ada, event)).options;
    expect(going!.answerCount + going!.waitingCount + not!.answerCount).toBe(PEOPLE);
    expect(going!.answerCount).toBeLessThanOrEqual(CAPACITY);
  });

  it('ten who want three places get three', async () => {
    const event = await limited();
    expect(await statuses(people.map((who) => respond(who, event)))).toEqual([200]);
    expect((await eventOf(ada, event)).options[0]).toMatchObject({
      answerCount: CAPACITY,
      waitingCount: PEOPLE - CAPACITY,
      isFull: true,
    });
  });

  it('those who have a place give it back, and as many move up', async () => {
    const event = await limited();
    for (const who of people) await respond(who, event).expect(200);
    const leaving = people.slice(0, CAPACITY);
    await statuses(leaving.map((who) => who.browser.delete(`${API}/events/${event.id}/response`)));
    for (const [index, who] of people.entries())
      expect((await eventOf(who, event)).response?.isWaiting ?? null).toBe(
        index < CAPACITY ? null : index >= 2 * CAPACITY,
      );
  });

  it('places are added while others answer', async () => {
    const event = await limited();
    const [going, not] = event.options.map(({ id, title }) => ({ id, title }));
    await statuses([
      ...people.map((who) => respond(who, event)),
      change(ada, event, { options: [{ ...going, capacity: 7 }, not] }),
    ]);
    expect((await eventOf(ada, event)).options[0]).toMatchObject({
      answerCount: 7,
      waitingCount: 3,
    });
  });

  it('somebody who is removed while answering leaves no answer', async () => {
    const event = await planned(ada, groupId);
    const leaver = await town.newPerson('Lena');
    await letIn(ada, group, leaver);
    const [answer] = await Promise.all([
      respond(leaver, event),
      ada.browser.delete(`${API}/groups/${groupId}/members/${leaver.id}`),
    ]);
    expect([200, 404]).toContain(answer.status);
    await jobsDone(town.app, 'events.leave');
    expect((await eventOf(ada, event)).options[0]!.answerCount).toBe(0);
  });

  it('an event is answered and deleted: one of the two', async () => {
    const event = await planned(ada, groupId);
    const [answer, deletion] = await Promise.all([
      respond(people[0]!, event),
      ada.browser.delete(`${API}/events/${event.id}`),
    ]);
    expect([
      [200, 409],
      [404, 204],
    ]).toContainEqual([answer.status, deletion.status]);
  });
});
