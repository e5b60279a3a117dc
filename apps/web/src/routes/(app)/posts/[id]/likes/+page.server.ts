import { error } from '@sveltejs/kit';
import { listPostLikes } from '#lib/features/posts/posts-api.ts';
import * as m from '#lib/generated/messages.js';
import { stopAt, viewerOf } from '#lib/server/forms.ts';
import { peopleAsked, personOf } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = event.params;
  const answer = await listPostLikes(event.locals.api, id, peopleAsked(event.url).cursor);
  if (answer.status === 400) error(404, m.error_missing_text());
  if (!answer.ok) return stopAt(event, answer);
  const viewer = await viewerOf(event);
  return {
    id,
    people: {
      items: answer.data.items.map((card) => personOf(viewer.id, card)),
      nextCursor: answer.data.nextCursor,
    },
  };
};
