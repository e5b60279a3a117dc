import type { PageLoad } from './$types';

/** An empty home, first steps and suggestions are large, so each is loaded only when shown. */
export const load: PageLoad = async ({ data }) => {
  const [empty, steps, suggestions] = await Promise.all([
    data.home.feed.items.length === 0 ? import('#lib/features/feed/feed-empty.svelte') : null,
    data.home.firstSteps ? import('#lib/features/welcome/first-steps.svelte') : null,
    data.home.suggestions.length > 0
      ? import('#lib/features/discovery/people-suggestions.svelte')
      : null,
  ]);
  return {
    ...data,
    Empty: empty?.default ?? null,
    Steps: steps?.default ?? null,
    Suggestions: suggestions?.default ?? null,
  };
};
