import { findPeople, listPeopleOf } from '#lib/features/follows/follows-api.ts';
import { stopAt, viewerOf } from '#lib/server/forms.ts';
import { peopleAsked } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

/** Those one follows, or those whose names match. */
export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const viewer = await viewerOf(event);
  const asked = peopleAsked(event.url, 'to');
  const people = asked.q
    ? await findPeople(api, asked)
    : await listPeopleOf(api, viewer.id, 'following', asked);
  if (!people.ok) return stopAt(event, people);
  return {
    to: asked.q ?? '',
    people: people.data.items.filter(({ id }) => id !== viewer.id),
  };
};
