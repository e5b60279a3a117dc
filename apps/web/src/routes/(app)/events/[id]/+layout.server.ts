import { error } from '@sveltejs/kit';
import { readEvent } from '#lib/features/events/events-api.ts';
import * as m from '#lib/generated/messages.js';
import { stopAt } from '#lib/server/forms.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const answer = await readEvent(event.locals.api, event.params.id);
  // Not a valid id, so there is no such event.
  if (answer.status === 400) error(404, m.error_missing_text());
  if (!answer.ok) return stopAt(event, answer);
  return { event: answer.data };
};
