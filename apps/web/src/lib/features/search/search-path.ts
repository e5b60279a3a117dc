import type { FoundPost, SearchSort } from '@echomate/contracts/search.dto';
import { resolve } from '$app/paths';
import { commentPath, postPath } from '#lib/features/posts/post-path.ts';

export const SEARCH_TABS = [
  'all',
  'people',
  'groups',
  'posts',
  'hashtags',
  'events',
  'messages',
] as const;
export type SearchTab = (typeof SEARCH_TABS)[number];

export interface SearchPlace {
  q: string;
  tab?: SearchTab;
  sort?: SearchSort;
  cursor?: string;
}

/** What is usual is left out. */
export const searchPath = ({ q, tab = 'all', sort = 'newest', cursor }: SearchPlace) => {
  const asked = new URLSearchParams();
  if (q) asked.set('q', q);
  if (tab !== 'all') asked.set('tab', tab);
  if (sort !== 'newest') asked.set('sort', sort);
  if (cursor) asked.set('cursor', cursor);
  const start = resolve('/(app)/search');
  return asked.size > 0 ? `${start}?${asked}` : start;
};

export const foundPostPath = ({ id, kind, postId }: FoundPost) =>
  kind === 'comment' ? commentPath(postId, id) : postPath(postId);

export const hashtagPath = (tag: string) => resolve('/(app)/hashtags/[tag]', { tag });
