import {
  listFollowRequests,
  listPeopleOf,
  markFollowsSeen,
  readProfile,
} from '#lib/features/follows/follows-api.ts';
import { stopAt, viewerOf } from '#lib/server/forms.ts';
import { personOf } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

const NEWEST = 10;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  // Before they are read: who comes in between stays new. A preloaded page has not been seen: with scripts, the page
  // marks the followers itself once shown.
  if (!event.isDataRequest) await markFollowsSeen(api);
  const declinedId = event.url.searchParams.get('declined');
  const [viewer, requests, followers, declined] = await Promise.all([
    viewerOf(event),
    listFollowRequests(api, event.url.searchParams.get('cursor') ?? undefined),
    viewerOf(event).then(({ id }) => listPeopleOf(api, id, 'followers', { limit: NEWEST })),
    declinedId ? readProfile(api, declinedId) : null,
  ]);
  if (!requests.ok) return stopAt(event, requests);
  if (!followers.ok) return stopAt(event, followers);
  return {
    requests: {
      items: requests.data.items.map((request) => ({ ...request, id: request.user.id })),
      nextCursor: requests.data.nextCursor,
    },
    followers: followers.data.items.map((card) => personOf(viewer.id, card)),
    // Without scripts: whom the viewer has just declined, who counts as not asking.
    declined: declined?.ok && declined.data.relation.followedBy === 'none' ? declined.data : null,
    hasMoreFollowers: followers.data.nextCursor !== null,
    now: new Date().toISOString(),
  };
};
