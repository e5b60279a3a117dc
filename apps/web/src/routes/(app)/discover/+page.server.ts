import type { ApiRefusal } from '#lib/api-answer.ts';
import {
  discoverPosts,
  listTrends,
  suggestGroups,
  suggestPeople,
} from '#lib/features/discovery/discovery-api.ts';
import { discoverViewOf } from '#lib/features/discovery/discover-view.ts';
import { dismissals } from '#lib/server/dismissals.ts';
import { failureOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const POSTS_SERVED = 15;
const SUGGESTED = 20;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const view = discoverViewOf(event.url);
  const shown = { view, now: new Date().toISOString() };
  const failed = (refusal: ApiRefusal) => ({ ...shown, failure: failureOf(event, refusal) });
  switch (view) {
    case 'posts': {
      const cursor = event.url.searchParams.get('cursor') ?? undefined;
      const answer = await discoverPosts(api, cursor, POSTS_SERVED);
      return answer.ok ? { ...shown, posts: answer.data } : failed(answer);
    }
    case 'people': {
      const answer = await suggestPeople(api, SUGGESTED);
      return answer.ok ? { ...shown, people: answer.data.items } : failed(answer);
    }
    case 'groups': {
      const answer = await suggestGroups(api, SUGGESTED);
      return answer.ok ? { ...shown, groups: answer.data.items } : failed(answer);
    }
    case 'hashtags': {
      const answer = await listTrends(api, SUGGESTED);
      return answer.ok ? { ...shown, trends: answer.data.items } : failed(answer);
    }
  }
};

export const actions: Actions = { dismiss: dismissals.dismiss };
