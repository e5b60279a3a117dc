import { fail, redirect } from '@sveltejs/kit';
import type { OwnAudience } from '@echomate/contracts/posts.dto';
import { resolve } from '$app/paths';
import { messageOf } from '#lib/api-answer.ts';
import { suggestPeople } from '#lib/features/discovery/discovery-api.ts';
import { FEED, feedViewOf, POSTS_SERVED, readFeedView } from '#lib/features/feed/feed-view.ts';
import { createPost } from '#lib/features/posts/posts-api.ts';
import { readFirstSteps } from '#lib/features/welcome/first-steps.ts';
import { randomId } from '#lib/random-id.ts';
import { takeFlash } from '#lib/server/flash.ts';
import { stopAt, textsOf, toLoginIfSignedOut, viewerOf } from '#lib/server/forms.ts';
import { settle } from '#lib/server/users-api.ts';
import type { Actions, PageServerLoad } from './$types';

/** People with few posts to read get suggestions whom to follow. */
const FEW_POSTS = 5;

export const load: PageServerLoad = async (event) => {
  event.depends(FEED);
  const { api } = event.locals;
  const view = feedViewOf(event.url);
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const [feed, firstSteps] = await Promise.all([
    readFeedView(api, view, cursor, POSTS_SERVED),
    viewerOf(event).then((viewer) => readFirstSteps(api, viewer)),
  ]);
  if (!feed.ok) return stopAt(event, feed);
  const isSettled = firstSteps?.steps.every(({ isDone }) => isDone);
  if (isSettled) await settle(api);
  const isQuiet = view === 'latest' && !cursor && feed.data.items.length < FEW_POSTS;
  const suggestions = isQuiet ? await suggestPeople(api) : null;
  return {
    home: {
      view,
      feed: feed.data,
      suggestions: suggestions?.ok ? suggestions.data.items : [],
      firstSteps: isSettled ? null : firstSteps,
      address: event.url.origin,
      formKey: randomId(),
      now: new Date().toISOString(),
    },
    notice: takeFlash(event),
  };
};

export const actions: Actions = {
  settle: async (event) => {
    const answer = await settle(event.locals.api);
    if (answer.ok) redirect(303, resolve('/(app)'));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { values: {}, errors: answer.errors, message: messageOf(answer) });
  },

  post: async (event) => {
    await viewerOf(event);
    const { key, ...values } = textsOf(await event.request.formData(), [
      'key',
      'title',
      'content',
      'audience',
    ]);
    const answer = await createPost(
      event.locals.api,
      // The api validates the audience like every other field.
      { ...values, audience: values.audience as OwnAudience },
      key || randomId(),
    );
    if (answer.ok) redirect(303, resolve('/(app)'));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { values, errors: answer.errors, message: messageOf(answer) });
  },
};
