import { error, redirect } from '@sveltejs/kit';
import type { OwnAudience } from '@echomate/contracts/posts.dto';
import { resolve } from '$app/paths';
import { FEED, feedViewOf, readFeedView } from '#lib/features/feed/feed-view.ts';
import { UNSEEN_FOLLOWS } from '#lib/features/follows/unseen.ts';
import { createPost } from '#lib/features/posts/posts-api.ts';
import { randomId } from '#lib/random-id.ts';
import { takeFlash } from '#lib/server/flash.ts';
import { refuse, stopAt, textsOf, toLoginIfSignedOut, viewerOf } from '#lib/server/forms.ts';
import { unseenFollows, suggestPeople } from '#lib/server/people.ts';
import { readOwnProfile } from '#lib/server/users-api.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Whoever has few posts to read is shown people to follow. */
const FEW_POSTS = 5;

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  if (!locals.apiReachable) error(503, m.error_away_text());
  if (!locals.session) return { home: null, notice: null, unseen: null };
  event.depends(UNSEEN_FOLLOWS, FEED);
  const { api } = locals;
  const view = feedViewOf(url);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [profile, feed, unseen] = await Promise.all([
    readOwnProfile(api),
    readFeedView(api, view, cursor),
    unseenFollows(api),
  ]);
  if (!profile.ok) return stopAt(event, profile);
  if (!feed.ok) return stopAt(event, feed);
  const isQuiet = view === 'latest' && !cursor && feed.data.items.length < FEW_POSTS;
  return {
    home: {
      profile: profile.data,
      view,
      feed: feed.data,
      suggestions: isQuiet ? await suggestPeople(api) : [],
      formKey: randomId(),
      now: new Date().toISOString(),
    },
    notice: takeFlash(event),
    unseen,
  };
};

export const actions: Actions = {
  post: async (event) => {
    viewerOf(event);
    const { key, ...values } = textsOf(await event.request.formData(), [
      'key',
      'title',
      'content',
      'audience',
    ]);
    const answer = await createPost(
      event.locals.api,
      // The api judges the audience like every other field.
      { ...values, audience: values.audience as OwnAudience },
      key || randomId(),
    );
    if (answer.ok) redirect(303, resolve('/'));
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
};
