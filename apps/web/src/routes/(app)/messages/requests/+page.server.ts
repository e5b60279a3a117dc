import { listRequested } from '#lib/features/chat/chat-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listRequested(event.locals.api, cursor);
  if (!answer.ok) return stopAt(event, answer);
  return { page: answer.data };
};
