import type { Api } from './api.ts';

export const readImport = (api: Api) => api.get('/users/me/import');

export const listKnownPeople = (api: Api, cursor: string | undefined) =>
  api.get('/users/me/import/people', { cursor });
