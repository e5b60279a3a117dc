import { error } from '@sveltejs/kit';
import { FOLLOW_NEWS } from '#lib/features/follows/news.ts';
import { takeFlash } from '#lib/server/flash.ts';
import { stopAt } from '#lib/server/forms.ts';
import { followNews, suggestPeople } from '#lib/server/people.ts';
import { readOwnProfile } from '#lib/server/users-api.ts';
import * as m from '#lib/paraglide/messages.js';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  if (!locals.apiReachable) error(503, m.error_away_text());
  if (!locals.session) return { profile: null, notice: null, suggestions: [], news: null };
  event.depends(FOLLOW_NEWS);
  const [profile, suggestions, news] = await Promise.all([
    readOwnProfile(locals.api),
    suggestPeople(locals.api),
    followNews(locals.api),
  ]);
  if (!profile.ok) return stopAt(event, profile);
  return { profile: profile.data, notice: takeFlash(event), suggestions, news };
};
