import { listPeopleOf, readProfile, viewOwnProfileAs } from '#lib/server/follows-api.ts';
import { stopAt, viewerOf } from '#lib/server/forms.ts';
import { peopleAsked } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

const STRANGER = 'stranger';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const as = event.url.searchParams.get('as');
  const asked = peopleAsked(event.url);

  if (as) {
    const [seen, beholder] = await Promise.all([
      viewOwnProfileAs(api, as),
      as === STRANGER ? null : readProfile(api, as),
    ]);
    if (seen.ok && (!beholder || beholder.ok)) {
      return {
        seen: seen.data,
        beholder: beholder?.data ?? null,
        gone: false,
        q: '',
        people: null,
      };
    }
    if (!seen.ok && seen.status >= 500) return stopAt(event, seen);
  }

  const followers = await listPeopleOf(api, viewerOf(event).id, 'followers', asked);
  if (!followers.ok) return stopAt(event, followers);
  return {
    seen: null,
    beholder: null,
    gone: as !== null,
    q: asked.q ?? '',
    people: followers.data,
  };
};
