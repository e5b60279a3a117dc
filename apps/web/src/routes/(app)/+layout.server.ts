import { FOLLOW_NEWS } from '#lib/features/follows/news.ts';
import { viewerOf } from '#lib/server/forms.ts';
import { followNews } from '#lib/server/people.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends(FOLLOW_NEWS);
  return { viewer: viewerOf(event), news: await followNews(event.locals.api) };
};
