import { rangeIn } from '#lib/features/insights/insight-words.ts';
import { readInsights } from '#lib/features/insights/insights-api.ts';
import { failureOf } from '#lib/server/forms.ts';
import { inOwnZone } from '#lib/server/own-zone.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const range = rangeIn(event.url);
  const answer = await inOwnZone(event, () => readInsights(event.locals.api, range));
  return answer.ok
    ? { range, numbers: answer.data.numbers }
    : { range, failure: failureOf(event, answer) };
};
