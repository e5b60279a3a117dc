import type { Event, EventAnswer } from '@echomate/contracts/events.dto';
import type { GroupDetails } from '@echomate/contracts/groups.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { found, letIn } from './groups.js';
import type { Person } from './neighbourhood.js';
import { API, type TestApp } from './test-app.js';
import { until } from './until.js';

export const DAY_MS = 86_400_000;

/** A day from now as people write it, with a time. */
export const inDays = (days: number, time = '19:30'): string =>
  `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)}T${time}`;

export const dayIn = (days: number): string => inDays(days).slice(0, 10);

/** A group of the first of these people, with the others in it. */
export async function groupOf(creator: Person, ...members: Person[]): Promise<GroupDetails> {
  const group = await found(creator);
  await letIn(creator, group, ...members);
  return group;
}

export const plan = (who: Person, groupId: string, values: Record<string, unknown> = {}) =>
  who.browser.post(`${API}/groups/${groupId}/events`).send({
    title: 'Swarm evening',
    start: inDays(10),
    end: inDays(10, '21:00'),
    zone: 'Europe/Berlin',
    ...values,
  });

export const planned = async (
  who: Person,
  groupId: string,
  values: Record<string, unknown> = {},
): Promise<Event> => {
  const response = await plan(who, groupId, values);
  if (response.status !== 201)
    throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
  return response.body as Event;
};

export const change = (who: Person, event: Event, values: Record<string, unknown>) =>
  who.browser.patch(`${API}/events/${event.id}`).send(values);

export const cancel = (who: Person, event: Event, scope?: 'this' | 'following') =>
  who.browser.post(`${API}/events/${event.id}/cancel`).send({ ...(scope && { scope }) });

export const optionNamed = (event: Event, title: string): string =>
  event.options.find((option) => option.title === title)!.id;

export const respond = (who: Person, event: Event, title = 'Going') =>
  who.browser
    .put(`${API}/events/${event.id}/response`)
    .send({ optionId: optionNamed(event, title) });

export const eventOf = async (who: Person, { id }: { id: string }): Promise<Event> =>
  (await who.browser.get(`${API}/events/${id}`).expect(200)).body;

export const eventsOf = async (who: Person, path: string): Promise<Event[]> =>
  (await who.browser.get(`${API}/${path}`).expect(200)).body.items;

export const answersTo = async (who: Person, event: Event, query = ''): Promise<EventAnswer[]> =>
  (await who.browser.get(`${API}/events/${event.id}/responses${query}`).expect(200)).body.items;

export const calendarText = async (who: Person, event: { id: string }): Promise<string> =>
  (await who.browser.get(`${API}/events/${event.id}.ics`).expect(200)).text;

/** Counters equal the rows they count, and nothing is overbooked, after everything. */
export async function expectCountsOfEvents(app: TestApp): Promise<void> {
  const wrong = await app.get(Database).many(sql`
    SELECT c.event_id AS id FROM event_counts c JOIN event_options o ON o.id = c.option_id
    WHERE c.taken <> (SELECT count(*) FROM event_answers a
        WHERE a.event_id = c.event_id AND a.option_id = c.option_id AND NOT a.is_waiting)
      OR c.answer_count <> (SELECT count(*) FROM event_answers a
        WHERE a.event_id = c.event_id AND a.option_id = c.option_id AND NOT a.is_waiting AND a.is_counted)
      OR c.waiting_count <> (SELECT count(*) FROM event_answers a
        WHERE a.event_id = c.event_id AND a.option_id = c.option_id AND a.is_waiting AND a.is_counted)
      OR c.taken > o.capacity
      OR (c.taken < o.capacity AND EXISTS (SELECT 1 FROM event_answers a
        WHERE a.event_id = c.event_id AND a.option_id = c.option_id AND a.is_waiting))
    UNION ALL
    SELECT a.event_id FROM event_answers a WHERE NOT EXISTS (
      SELECT 1 FROM event_counts c WHERE c.event_id = a.event_id AND c.option_id = a.option_id)
    UNION ALL
    SELECT s.id FROM event_series s WHERE s.answer_count <> (
      SELECT count(*) FROM event_answers a JOIN events e ON e.id = a.event_id WHERE e.series_id = s.id)`);
  expect(wrong).toEqual([]);
}

/** What follows by jobs of these kinds has happened; of all kinds, if none is named, unless it is for later. */
export async function jobsDone(app: TestApp, ...kinds: string[]): Promise<void> {
  await until('the jobs are done', async () => {
    const rows = await app.get(Database).many<{ kind: string }>(
      sql`SELECT kind FROM jobs WHERE unique_key IS NULL AND state = 'waiting'
          AND (attempts > 0 OR run_at <= ${new Date().toISOString()})`,
    );
    return !rows.some(({ kind }) => !kinds.length || kinds.includes(kind));
  });
}
