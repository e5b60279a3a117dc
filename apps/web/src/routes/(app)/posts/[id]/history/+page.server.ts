import { error } from '@sveltejs/kit';
import { readHistory } from '#lib/features/posts/posts-api.ts';
import * as m from '#lib/generated/messages.js';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = event.params;
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await readHistory(event.locals.api, id, cursor);
  if (answer.status === 400) error(404, m.error_missing_text());
  return answer.ok
    ? {
        id,
        versions: answer.data.items,
        nextCursor: answer.data.nextCursor,
        isFirstPage: cursor === undefined,
        now: new Date().toISOString(),
      }
    : stopAt(event, answer);
};
