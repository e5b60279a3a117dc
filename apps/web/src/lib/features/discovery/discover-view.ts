export const DISCOVER_VIEWS = ['posts', 'people', 'groups', 'hashtags'] as const;
export type DiscoverView = (typeof DISCOVER_VIEWS)[number];

export const discoverViewOf = (url: URL): DiscoverView =>
  DISCOVER_VIEWS.find((view) => view === url.searchParams.get('view')) ?? 'posts';
