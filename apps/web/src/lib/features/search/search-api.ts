import type { SearchSort } from '@echomate/contracts/search.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const readOverview = (api: ApiCalls, asked: { q: string; zone: string }) =>
  api.get('/search', asked);

interface Asked {
  q: string;
  cursor?: string | undefined;
}

export const searchPosts = (api: ApiCalls, asked: Asked & { sort: SearchSort; zone: string }) =>
  api.get('/search/posts', asked);

export const searchHashtags = (api: ApiCalls, q: string) => api.get('/search/hashtags', { q });

export const searchEvents = (api: ApiCalls, asked: Asked) => api.get('/search/events', asked);
