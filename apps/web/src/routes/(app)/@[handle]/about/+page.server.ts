import { listActivity } from '#lib/features/follows/follows-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listActivity(event.locals.api, event.params.handle, cursor);
  // The profile is private or does not exist; the layout says which.
  if (answer.status === 404 || answer.status === 400) return { activity: null };
  return answer.ok ? { activity: answer.data } : stopAt(event, answer);
};
