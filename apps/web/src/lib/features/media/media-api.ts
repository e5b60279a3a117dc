import type { ApiCalls } from '#lib/api-calls.ts';

export const readMedia = (api: ApiCalls, id: string) => api.get('/media/{id}', { id });

export const describeMedia = (api: ApiCalls, id: string, alt: string) =>
  api.patch('/media/{id}', { id, body: { alt } });

export const removeMedia = (api: ApiCalls, id: string) => api.delete('/media/{id}', { id });
