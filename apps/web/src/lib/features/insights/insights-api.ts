import type {
  InsightRange,
  InsightSettingsRequest,
  VisitsRequest,
} from '@echomate/contracts/insights.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const readInsights = (api: ApiCalls, range: InsightRange) => api.get('/insights', { range });

export const readPostInsights = (api: ApiCalls, id: string) =>
  api.get('/posts/{id}/insights', { id });

export const readInsightSettings = (api: ApiCalls) => api.get('/insights/settings');

export const saveInsightSettings = (api: ApiCalls, body: InsightSettingsRequest) =>
  api.patch('/insights/settings', { body });

export const tellVisit = (api: ApiCalls, body: VisitsRequest) => api.post('/visits', { body });
