import type { Site, UpdateSiteRequest } from '@echomate/contracts/site.dto';
import type { ApiCalls } from '#lib/api-calls.ts';
import * as m from '#lib/generated/messages.js';

/** What visitors see if it can't be read: the page is more important than its name. */
const unknownSite = (): Site => ({
  name: m.brand_name(),
  colour: 'marine',
  logo: null,
  welcome: null,
  rules: [],
  contact: null,
  registration: 'open',
  isNew: false,
});

export const readSite = async (api: ApiCalls): Promise<Site> => {
  const answer = await api.get('/site');
  return answer.ok ? answer.data : unknownSite();
};

export const readSettings = (api: ApiCalls) => api.get('/admin/site');

export const saveSettings = (api: ApiCalls, body: UpdateSiteRequest) =>
  api.patch('/admin/site', { body });

export const saveLogo = (api: ApiCalls, file: File) => {
  const body = new FormData();
  body.set('file', file, file.name);
  return api.put('/admin/site/logo', { body });
};

export const removeLogo = (api: ApiCalls) => api.delete('/admin/site/logo');
