import { error } from '@sveltejs/kit';
import { listEvents } from '#lib/features/events/events-api.ts';
import * as m from '#lib/generated/messages.js';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const isPast = event.url.searchParams.has('past');
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const events = await listEvents(event.locals.api, event.params.id, { past: isPast, cursor });
  // Not a valid id, so there is no such group.
  if (events.status === 400 && !cursor) error(404, m.error_missing_text());
  if (!events.ok) return stopAt(event, events);
  return { events: events.data, isPast };
};
