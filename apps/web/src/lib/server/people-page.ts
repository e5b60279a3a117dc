import { redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { listPeopleOf, type PeopleOf } from '#lib/features/follows/follows-api.ts';
import { stopAt, viewerOf } from './forms.ts';
import { peopleAsked, personOf } from './people.ts';

/** One tab of a profile. If the viewer may not see the tab, the profile says why. */
export const loadPeopleOf = async (event: RequestEvent<{ handle: string }>, which: PeopleOf) => {
  const { handle } = event.params;
  const { api } = event.locals;
  const asked = peopleAsked(event.url);
  const answer = await listPeopleOf(api, handle, which, asked);
  if (answer.status === 404) redirect(303, resolve('/(app)/@[handle]', { handle }));
  if (!answer.ok) return stopAt(event, answer);
  const viewer = await viewerOf(event);
  return {
    q: asked.q ?? '',
    people: {
      items: answer.data.items.map((card) => personOf(viewer.id, card)),
      nextCursor: answer.data.nextCursor,
    },
  };
};
