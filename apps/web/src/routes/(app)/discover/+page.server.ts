import {
  discoverPosts,
  listTrends,
  suggestGroups,
  suggestPeople,
} from '#lib/features/discovery/discovery-api.ts';
import { discoverViewOf } from '#lib/features/discovery/discover-view.ts';
import { dismissals } from '#lib/server/dismissals.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const POSTS_SERVED = 15;
const SUGGESTED = 20;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const now = new Date().toISOString();
  switch (discoverViewOf(event.url)) {
    case 'posts': {
      const cursor = event.url.searchParams.get('cursor') ?? undefined;
      const answer = await discoverPosts(api, cursor, POSTS_SERVED);
      return answer.ok
        ? { view: 'posts' as const, posts: answer.data, now }
        : stopAt(event, answer);
    }
    case 'people': {
      const answer = await suggestPeople(api, SUGGESTED);
      return answer.ok
        ? { view: 'people' as const, people: answer.data.items }
        : stopAt(event, answer);
    }
    case 'groups': {
      const answer = await suggestGroups(api, SUGGESTED);
      return answer.ok
        ? { view: 'groups' as const, groups: answer.data.items }
        : stopAt(event, answer);
    }
    case 'hashtags': {
      const answer = await listTrends(api, SUGGESTED);
      return answer.ok
        ? { view: 'hashtags' as const, trends: answer.data.items }
        : stopAt(event, answer);
    }
  }
};

export const actions: Actions = { dismiss: dismissals.dismiss };
