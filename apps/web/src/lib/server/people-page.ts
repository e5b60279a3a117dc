import { redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { listPeopleOf, type PeopleOf } from './follows-api.ts';
import { stopAt, viewerOf } from './forms.ts';
import { peopleAsked, personOf } from './people.ts';

/** One tab of a profile. Where the tab is closed to the viewer, the profile itself says why. */
export const loadPeopleOf = async (event: RequestEvent<{ id: string }>, which: PeopleOf) => {
  const { id } = event.params;
  const { api } = event.locals;
  const asked = peopleAsked(event.url);
  const answer = await listPeopleOf(api, id, which, asked);
  if (answer.status === 404) redirect(303, resolve('/(app)/people/[id]', { id }));
  if (!answer.ok) return stopAt(event, answer);
  return {
    q: asked.q ?? '',
    people: {
      items: answer.data.items.map((card) => personOf(viewerOf(event).id, card)),
      nextCursor: answer.data.nextCursor,
    },
  };
};
