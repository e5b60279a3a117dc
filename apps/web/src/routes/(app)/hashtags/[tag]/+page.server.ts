import { listPostsTagged } from '#lib/features/posts/posts-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { tag } = event.params;
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listPostsTagged(event.locals.api, tag, cursor);
  return answer.ok
    ? { tag, posts: answer.data, now: new Date().toISOString() }
    : stopAt(event, answer);
};
