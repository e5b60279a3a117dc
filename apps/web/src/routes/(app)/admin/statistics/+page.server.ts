import { readStatistics } from '#lib/features/admin/admin-api.ts';
import { rangeIn } from '#lib/features/insights/insight-words.ts';
import { failureOf, stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const range = rangeIn(event.url);
  const answer = await readStatistics(event.locals.api, range);
  if (answer.ok) return { range, statistics: answer.data };
  // Whoever is no admin learns nothing of it.
  if (answer.status < 500) return stopAt(event, answer);
  return { range, failure: failureOf(event, answer) };
};
