import { readPostInsights } from '#lib/features/insights/insights-api.ts';
import { readPost } from '#lib/features/posts/posts-api.ts';
import { failureOf, stopAt } from '#lib/server/forms.ts';
import { inOwnZone } from '#lib/server/own-zone.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const { id } = event.params;
  const [post, insights] = await Promise.all([
    readPost(api, id),
    inOwnZone(event, () => readPostInsights(api, id)),
  ]);
  if (!post.ok) return stopAt(event, post);
  return insights.ok
    ? { post: post.data, reach: insights.data.reach }
    : { post: post.data, failure: failureOf(event, insights) };
};
