import { fail, type RequestEvent } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import {
  endCalendar,
  listOwnEvents,
  readCalendar,
  renewCalendar,
} from '#lib/features/events/events-api.ts';
import { dayIn, monthNamed, nameOfMonth, weeksOf } from '#lib/features/events/event-time.ts';
import { stopAt, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { readerOf } from '#lib/server/reader.ts';
import type { Actions, PageServerLoad } from './$types';

const DAY_MS = 86_400_000;
const MOST = 100;

export const load: PageServerLoad = async (event) => {
  const today = dayIn(readerOf(event).zone, new Date().toISOString());
  const month = monthNamed(event.url.searchParams.get('month'), today);
  const weeks = weeksOf(month);
  // A day more at either end: the reader's days begin at other moments than those of UTC.
  const from = Date.parse(`${weeks[0]![0]}T00:00:00Z`) - DAY_MS;
  const to = Date.parse(`${weeks.at(-1)!.at(-1)}T00:00:00Z`) + 2 * DAY_MS;
  const [events, calendar] = await Promise.all([
    listOwnEvents(event.locals.api, {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      limit: MOST,
    }),
    readCalendar(event.locals.api),
  ]);
  if (!events.ok) return stopAt(event, events);
  return {
    events: events.data.items,
    isCut: events.data.nextCursor !== null,
    month: nameOfMonth(month),
    today,
    hasAddress: calendar.ok && calendar.data.createdAt !== null,
  };
};

const refused = (event: RequestEvent, answer: Parameters<typeof messageOf>[0]) => {
  toLoginIfSignedOut(event, answer);
  return fail(answer.status, { message: messageOf(answer) });
};

export const actions: Actions = {
  renew: async (event) => {
    const answer = await renewCalendar(event.locals.api);
    return answer.ok ? { url: answer.data.url } : refused(event, answer);
  },
  end: async (event) => {
    const answer = await endCalendar(event.locals.api);
    if (!answer.ok) return refused(event, answer);
  },
};
