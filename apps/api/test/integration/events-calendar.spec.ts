import ICAL from 'ical.js';
import type { Event } from '@echomate/contracts/events.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { v7 as uuid } from 'uuid';
import { join, sql } from '../../src/platform/database/statements.js';
import {
  calendarText,
  cancel,
  change,
  eventsOf,
  groupOf,
  inDays,
  plan,
  planned,
} from '../support/events.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { run } from '../support/statements.js';
import { API } from '../support/test-app.js';

/** Calendars are read by another library than the one that writes them. */
const town = neighbourhood();

let ada: Person;
let groupId: string;
beforeAll(async () => {
  ada = await town.newPerson('Ada');
  groupId = (await groupOf(ada)).id;
});

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((zone) => {
      const timezone = new ICAL.Timezone(zone);
      return [timezone.tzid, timezone];
    }),
  );
  for (const [name, zone] of zones) ICAL.TimezoneService.register(zone, name);
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  return { zones: [...zones.keys()], events };
}

type Read = ReturnType<typeof read>['events'][number];

const utc = (time: { toJSDate(): Date }) => time.toJSDate().toISOString();
const valueOf = (event: Read, name: string): unknown => event.component.getFirstPropertyValue(name);

/** The dates as a calendar program shows them: those of the pattern, with its exceptions. */
function shown(text: string): { start: string; status: unknown }[] {
  const { events } = read(text);
  const dates: { start: string; status: unknown }[] = [];
  for (const event of events.filter((one) => !one.isRecurrenceException())) {
    for (const exception of events)
      if (exception.isRecurrenceException() && exception.uid === event.uid)
        event.relateException(exception);
    if (!event.isRecurring()) {
      dates.push({ start: utc(event.startDate), status: valueOf(event, 'status') });
      continue;
    }
    const iterator = event.iterator();
    for (
      let next = iterator.next() as ICAL.Time | null;
      next;
      next = iterator.next() as ICAL.Time | null
    ) {
      const { startDate, item } = event.getOccurrenceDetails(next);
      dates.push({ start: utc(startDate), status: valueOf(item, 'status') });
    }
  }
  return dates.sort((one, other) => one.start.localeCompare(other.start));
}

const weekly = {
  title: 'Hive check',
  start: '2027-03-14T18:00',
  end: '2027-03-14T19:30',
  zone: 'Europe/Berlin',
  repeats: 'weekly',
  until: '2027-04-04',
};

const datesOf = async (event: Event) =>
  (
    await eventsOf(
      ada,
      'users/me/events?from=2027-03-01T00:00:00Z&to=2027-06-01T00:00:00Z&limit=100',
    )
  ).filter(({ seriesId }) => seriesId === event.seriesId);

describe('the calendar file of an event', () => {
  it('says what it is, when, where, and in which zone', async () => {
    const event = await planned(ada, groupId, {
      title: 'Honey; wax, and "veils"',
      description: 'Line one\nLine two, with a comma\\and more.',
      place: 'Behind the school, gate 2',
      start: '2027-07-01T10:00',
      end: '2027-07-01T12:30',
      zone: 'America/New_York',
    });
    const response = await ada.browser.get(`${API}/events/${event.id}.ics`).expect(200);
    expect(response.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(response.headers['content-disposition']).toContain('event.ics');
    const { zones, events } = read(response.text);
    expect(zones).toEqual(['America/New_York']);
    expect(events).toHaveLength(1);
    const [one] = events as [Read];
    expect({
      uid: one.uid,
      summary: one.summary,
      description: one.description,
      location: one.location,
      start: utc(one.startDate),
      end: utc(one.endDate),
      zone: one.startDate.zone?.tzid,
      status: valueOf(one, 'status'),
      sequence: one.sequence,
    }).toEqual({
      uid: expect.stringContaining(event.seriesId),
      summary: 'Honey; wax, and "veils"',
      description: 'Line one\nLine two, with a comma\\and more.',
      location: 'Behind the school, gate 2',
      start: '2027-07-01T14:00:00.000Z',
      end: '2027-07-01T16:30:00.000Z',
      zone: 'America/New_York',
      status: 'CONFIRMED',
      sequence: 0,
    });
    expect(valueOf(one, 'url')).toContain(`/events/${event.id}`);
  });

  it('cannot be written into by a title', async () => {
    const event = await planned(ada, groupId, {
      title: 'Bees',
      description: 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Forged',
    });
    const { events } = read(await calendarText(ada, event));
    expect(events.map(({ summary }) => summary)).toEqual(['Bees']);
  });

  it('keeps its id and counts up with every change and the cancellation', async () => {
    const event = await planned(ada, groupId);
    const state = async () => {
      const [one] = read(await calendarText(ada, event)).events as [Read];
      return { uid: one.uid, sequence: one.sequence, status: valueOf(one, 'status') };
    };
    const first = await state();
    await change(ada, event, { start: inDays(11) }).expect(200);
    const moved = await state();
    await change(ada, event, { title: 'Another' }).expect(200);
    const renamed = await state();
    await cancel(ada, event).expect(200);
    const cancelled = await state();
    const all = [first, moved, renamed, cancelled];
    expect(new Set(all.map(({ uid }) => uid)).size).toBe(1);
    const sequences = all.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((one, other) => one - other));
    expect(all.map(({ status }) => status)).toEqual([
      'CONFIRMED',
      'CONFIRMED',
      'CONFIRMED',
      'CANCELLED',
    ]);
  });

  it('repeats as the event does, when clocks change too', async () => {
    for (const values of [
      weekly,
      { ...weekly, zone: 'America/New_York', start: '2027-03-12T02:30', end: null },
      { ...weekly, repeats: 'monthly', start: '2027-03-31T23:45', end: null, until: '2027-05-31' },
      { ...weekly, zone: 'Australia/Lord_Howe' },
      { ...weekly, zone: 'Asia/Calcutta' },
      { ...weekly, zone: 'UTC' },
    ]) {
      const event = await planned(ada, groupId, values);
      const dates = await datesOf(event);
      expect(dates.length).toBeGreaterThan(2);
      const calendar = shown(await calendarText(ada, event));
      expect([values.zone, calendar.map(({ start }) => start)]).toEqual([
        values.zone,
        dates.map(({ startsAt }) => startsAt),
      ]);
    }
  });

  it('shows a date that moved, and one that is cancelled', async () => {
    const event = await planned(ada, groupId, weekly);
    const [, second, third] = await datesOf(event);
    await change(ada, second!, { start: '2027-03-22T09:00', zone: 'Europe/London' }).expect(200);
    await cancel(ada, third!).expect(200);
    const dates = await datesOf(event);
    expect(shown(await calendarText(ada, event))).toEqual(
      dates.map(({ startsAt, cancelledAt }) => ({
        start: startsAt,
        status: cancelledAt ? 'CANCELLED' : 'CONFIRMED',
      })),
    );
    expect(dates.map(({ startsAt }) => startsAt)).toContain('2027-03-22T09:00:00.000Z');
  });

  it('follows when later dates move: those before keep their time', async () => {
    const event = await planned(ada, groupId, weekly);
    const [, second] = await datesOf(event);
    await change(ada, second!, { start: '2027-03-23T20:00', scope: 'following' }).expect(200);
    const dates = await datesOf(event);
    const text = await calendarText(ada, event);
    expect(shown(text).map(({ start }) => start)).toEqual(dates.map(({ startsAt }) => startsAt));
    expect(dates.map(({ start }) => start)).toEqual([
      '2027-03-14T18:00',
      '2027-03-23T20:00',
      '2027-03-30T20:00',
    ]);
    const recurring = read(text).events.find((one) => one.isRecurring());
    expect(recurring!.uid).toContain(event.seriesId);
  });
});

describe('the secret address', () => {
  it('has all events of all groups, past and to come, each zone once', async () => {
    const bruno = await town.newPerson('Bruno');
    const [one, other] = [await groupOf(ada, bruno), await groupOf(ada, bruno)];
    await planned(ada, one.id, { ...weekly, title: 'One' });
    const single = await planned(ada, other.id, { title: 'Other', zone: 'Asia/Tokyo' });
    await planned(ada, other.id, { title: 'Third' });
    await cancel(ada, single).expect(200);
    const { body } = await bruno.browser.post(`${API}/users/me/calendar`).expect(201);
    const { text } = await town.app
      .anyone()
      .get(new URL(body.url as string).pathname)
      .expect(200);
    const { zones, events } = read(text);
    expect(zones.sort()).toEqual(['Asia/Tokyo', 'Europe/Berlin']);
    expect(events.map((event) => [event.summary, valueOf(event, 'status')]).sort()).toEqual([
      ['One', 'CONFIRMED'],
      ['Other', 'CANCELLED'],
      ['Third', 'CONFIRMED'],
    ]);
    expect(shown(text)).toHaveLength(6);
  });

  it('is whole and lets others go on in between, however much is in it', async () => {
    const bruno = await town.newPerson('Bruno');
    const group = await groupOf(ada, bruno);
    const one = await planned(ada, group.id, { title: 'Many' });
    const rows = Array.from(
      { length: 60 },
      () => sql`(${uuid()}, ${one.seriesId}, ${group.id}, 'Asia/Tokyo', '2027-03-14T18:00',
        '2027-03-14T09:00:00.000Z', '2027-03-14T09:00:00.000Z')`,
    );
    await run(
      town.app,
      sql`INSERT INTO events (id, series_id, group_id, zone, starts_local, starts_at, over_at) VALUES ${join(rows)}`,
    );
    let turns = 0;
    const count = () => {
      turns++;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const text = await calendarText(bruno, one);
    clearImmediate(next);
    expect(read(text).events).toHaveLength(61);
    expect(read(text).zones.sort()).toEqual(['Asia/Tokyo', 'Europe/Berlin']);
    expect(turns).toBeGreaterThan(10);
  });

  it('stays short: a group has so many dates ahead', async () => {
    const group = await groupOf(ada);
    const one = await planned(ada, group.id);
    const rows = Array.from(
      { length: LIMITS.group.maxDatesAhead - 2 },
      () => sql`(${uuid()}, ${one.seriesId}, ${group.id}, 'Asia/Tokyo', '2027-03-14T18:00',
        '2027-03-14T09:00:00.000Z', '2027-03-14T09:00:00.000Z')`,
    );
    for (let at = 0; at < rows.length; at += 1000)
      await run(
        town.app,
        sql`INSERT INTO events (id, series_id, group_id, zone, starts_local, starts_at, over_at)
          VALUES ${join(rows.slice(at, at + 1000))}`,
      );
    const last = await planned(ada, group.id);
    for (const response of [await plan(ada, group.id), await plan(ada, group.id, weekly)]) {
      expect(response.status).toBe(409);
      expect(response.body.detail).toContain('5,000 dates ahead');
    }
    await ada.browser.delete(`${API}/events/${last.id}`).expect(204);
    await planned(ada, group.id);
  });
});
