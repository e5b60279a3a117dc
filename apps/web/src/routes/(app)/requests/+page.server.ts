import { fail } from '@sveltejs/kit';
import { listFollowRequests, listPeopleOf, markFollowsSeen } from '#lib/server/follows-api.ts';
import { stopAt, toLoginIfSignedOut, viewerOf } from '#lib/server/forms.ts';
import { personOf } from '#lib/server/people.ts';
import type { Actions, PageServerLoad } from './$types';

const NEWEST = 10;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const [requests, followers] = await Promise.all([
    listFollowRequests(api, event.url.searchParams.get('cursor') ?? undefined),
    listPeopleOf(api, viewerOf(event).id, 'followers', { limit: NEWEST }),
  ]);
  if (!requests.ok) return stopAt(event, requests);
  if (!followers.ok) return stopAt(event, followers);
  // A page that is merely fetched ahead was not looked at; that one says so itself once it is shown.
  if (!event.isDataRequest) await markFollowsSeen(api);
  return {
    requests: {
      items: requests.data.items.map((request) => ({ ...request, id: request.user.id })),
      nextCursor: requests.data.nextCursor,
    },
    followers: followers.data.items.map((card) => personOf(viewerOf(event).id, card)),
    hasMoreFollowers: followers.data.nextCursor !== null,
    now: new Date().toISOString(),
  };
};

export const actions: Actions = {
  seen: async (event) => {
    const answer = await markFollowsSeen(event.locals.api);
    if (answer.ok) return { answer: null };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: answer.message });
  },
};
