import { error } from '@sveltejs/kit';
import { readGroup } from '#lib/features/groups/groups-api.ts';
import * as m from '#lib/generated/messages.js';
import { stopAt } from '#lib/server/forms.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const answer = await readGroup(event.locals.api, event.params.id);
  // Not a valid id, so there is no such group.
  if (answer.status === 400) error(404, m.error_missing_text());
  if (!answer.ok) return stopAt(event, answer);
  return { group: answer.data, now: new Date().toISOString() };
};
