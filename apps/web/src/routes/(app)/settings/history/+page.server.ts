import { listHistory } from '#lib/server/auth-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listHistory(event.locals.api, cursor);
  if (!answer.ok) return stopAt(event, answer);
  return { history: answer.data, now: new Date().toISOString() };
};
