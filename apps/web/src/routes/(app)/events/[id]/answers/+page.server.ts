import { listAnswers } from '#lib/features/events/events-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const optionId = searchParams.get('option') ?? undefined;
  const cursor = searchParams.get('cursor') ?? undefined;
  const answer = await listAnswers(event.locals.api, event.params.id, { optionId, cursor });
  if (!answer.ok) return stopAt(event, answer);
  const { items, nextCursor } = answer.data;
  return {
    optionId: optionId ?? null,
    answers: { items: items.map((one) => ({ ...one, id: one.user.id })), nextCursor },
  };
};
