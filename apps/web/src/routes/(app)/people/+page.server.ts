import { suggestPeople } from '#lib/features/discovery/discovery-api.ts';
import { findPeople } from '#lib/features/follows/follows-api.ts';
import { stopAt, viewerOf } from '#lib/server/forms.ts';
import { peopleAsked, personOf } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const asked = peopleAsked(event.url);
  const isStart = !asked.q && !asked.cursor;
  const [found, suggestions] = await Promise.all([
    findPeople(api, asked),
    isStart ? suggestPeople(api) : null,
  ]);
  if (!found.ok) return stopAt(event, found);
  const viewer = await viewerOf(event);
  return {
    q: asked.q ?? '',
    suggestions: suggestions?.ok ? suggestions.data.items : [],
    people: {
      items: found.data.items.map((card) => personOf(viewer.id, card)),
      nextCursor: found.data.nextCursor,
    },
  };
};
