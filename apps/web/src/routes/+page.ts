import type { PageLoad } from './$types';

/** The landing page, the home and the suggestions are heavy enough to be fetched only by those who see them. */
export const load: PageLoad = async ({ data }) => {
  if (!data.home) {
    const { default: Landing } = await import('#lib/features/shell/landing.svelte');
    return { ...data, Landing, Home: null, Empty: null, Suggestions: null };
  }
  const [{ default: Home }, empty, suggestions] = await Promise.all([
    import('#lib/features/shell/home.svelte'),
    data.home.feed.items.length === 0 ? import('#lib/features/feed/feed-empty.svelte') : null,
    data.home.suggestions.length > 0 ? import('#lib/features/follows/suggestions.svelte') : null,
  ]);
  return {
    ...data,
    Landing: null,
    Home,
    Empty: empty?.default ?? null,
    Suggestions: suggestions?.default ?? null,
  };
};
