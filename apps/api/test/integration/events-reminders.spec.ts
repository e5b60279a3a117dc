import type { Event } from '@echomate/contracts/events.dto';
import { EventRemindersService } from '../../src/modules/events/event-reminders.service.js';
import { EventReminderDue } from '../../src/modules/events/events.domain-events.js';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import { cancel, change, DAY_MS, groupOf, inDays, planned } from '../support/events.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';

const town = neighbourhood();
const HOUR_MS = 3_600_000;

let ada: Person;
let groupId: string;
const heard: EventReminderDue[] = [];
beforeAll(async () => {
  ada = await town.newPerson('Ada');
  groupId = (await groupOf(ada)).id;
  town.app
    .get(DomainEvents)
    .afterCommit(EventReminderDue, 'spec', (event) => void heard.push(event));
});
beforeEach(() => void heard.splice(0));

/** Whoever looks at the clock so long before the start. */
const remindBefore = (event: Event, ms: number) =>
  town.app.get(EventRemindersService).remind(new Date(Date.parse(event.startsAt) - ms));

const reminders = (event: Event) =>
  heard.filter(({ eventId }) => eventId === event.id).map(({ before }) => before);

const MINUTE_MS = 60_000;

describe('reminders', () => {
  it('come a day and an hour before, once each, however often and by however many they are looked for', async () => {
    const event = await planned(ada, groupId);
    await remindBefore(event, DAY_MS + MINUTE_MS);
    expect(reminders(event)).toEqual([]);
    await Promise.all([remindBefore(event, DAY_MS), remindBefore(event, DAY_MS)]);
    await remindBefore(event, DAY_MS - MINUTE_MS);
    expect(reminders(event)).toEqual(['day']);
    await remindBefore(event, HOUR_MS + MINUTE_MS);
    expect(reminders(event)).toEqual(['day']);
    await remindBefore(event, HOUR_MS);
    await remindBefore(event, HOUR_MS - MINUTE_MS);
    await remindBefore(event, -MINUTE_MS);
    expect(reminders(event)).toEqual(['day', 'hour']);
  });

  it('move with the event', async () => {
    const event = await planned(ada, groupId);
    const { body: moved } = await change(ada, event, { start: inDays(20, '09:00') }).expect(200);
    await remindBefore(event, DAY_MS);
    await remindBefore(event, HOUR_MS);
    expect(reminders(event)).toEqual([]);
    await remindBefore(moved as Event, DAY_MS);
    expect(reminders(event)).toEqual(['day']);
  });

  it('do not come after the event is cancelled or its group deleted', async () => {
    const event = await planned(ada, groupId);
    await cancel(ada, event).expect(200);
    await remindBefore(event, DAY_MS);
    expect(reminders(event)).toEqual([]);
    const gone = await groupOf(ada);
    const other = await planned(ada, gone.id);
    await ada.browser.delete(`${API}/groups/${gone.id}`).expect(204);
    await remindBefore(other, DAY_MS);
    expect(reminders(other)).toEqual([]);
  });

  it('that were missed while nothing ran do not come too late', async () => {
    const late = await planned(ada, groupId);
    await remindBefore(late, HOUR_MS / 2);
    expect(reminders(late)).toEqual(['hour']);
    const missed = await planned(ada, groupId, { start: inDays(11), end: null });
    await remindBefore(missed, -MINUTE_MS);
    expect(reminders(missed)).toEqual([]);
  });

  it('come for every date of an event that repeats', async () => {
    const first = await planned(ada, groupId, {
      start: inDays(3),
      end: null,
      repeats: 'weekly',
      until: inDays(20).slice(0, 10),
    });
    await remindBefore(first, DAY_MS);
    await remindBefore(first, DAY_MS - 7 * DAY_MS);
    const ids = heard.map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(2);
  });
});
