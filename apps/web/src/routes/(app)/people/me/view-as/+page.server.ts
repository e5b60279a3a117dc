import { listPeopleOf, readProfile, viewOwnProfileAs } from '#lib/features/follows/follows-api.ts';
import { listPostsOf } from '#lib/features/posts/posts-api.ts';
import { stopAt, viewerOf } from '#lib/server/forms.ts';
import { peopleAsked } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

const STRANGER = 'stranger';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const as = event.url.searchParams.get('as');
  const asked = peopleAsked(event.url);

  if (as) {
    const [seen, asPerson, posts] = await Promise.all([
      viewOwnProfileAs(api, as),
      as === STRANGER ? null : readProfile(api, as),
      viewerOf(event).then(({ id }) => listPostsOf(api, id, asked.cursor, as)),
    ]);
    if (seen.ok && (!asPerson || asPerson.ok)) {
      return {
        as,
        seen: seen.data,
        posts: posts.ok ? posts.data : null,
        now: new Date().toISOString(),
        asPerson: asPerson?.data ?? null,
        gone: false,
        q: '',
        people: null,
      };
    }
    if (!seen.ok && seen.status >= 500) return stopAt(event, seen);
  }

  const followers = await listPeopleOf(api, (await viewerOf(event)).id, 'followers', asked);
  if (!followers.ok) return stopAt(event, followers);
  return {
    as: '',
    posts: null,
    now: '',
    seen: null,
    asPerson: null,
    gone: as !== null,
    q: asked.q ?? '',
    people: followers.data,
  };
};
