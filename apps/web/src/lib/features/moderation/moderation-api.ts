import type {
  AppealAnswerRequest,
  CasesQuery,
  DecisionRequest,
  ReportRequest,
} from '@echomate/contracts/moderation.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const sendReport = (api: ApiCalls, body: ReportRequest) => api.post('/reports', { body });

export const listCases = (api: ApiCalls, state: CasesQuery['state'], cursor?: string) =>
  api.get('/moderation/cases', { state, cursor });

export const readCase = (api: ApiCalls, id: string) => api.get('/moderation/cases/{id}', { id });

export const readDecision = (api: ApiCalls, id: string) => api.get('/decisions/{id}', { id });

export const sendAppeal = (api: ApiCalls, id: string, words: string) =>
  api.post('/decisions/{id}/appeal', { id, body: { words } });

export const answerAppeal = (api: ApiCalls, id: string, body: AppealAnswerRequest) =>
  api.put('/moderation/cases/{id}/appeal', { id, body });

export const claimCase = (api: ApiCalls, id: string) =>
  api.put('/moderation/cases/{id}/claim', { id });

export const releaseCase = (api: ApiCalls, id: string) =>
  api.delete('/moderation/cases/{id}/claim', { id });

export const decideCase = (api: ApiCalls, id: string, body: DecisionRequest) =>
  api.put('/moderation/cases/{id}/decision', { id, body });

export const undoDecision = (api: ApiCalls, id: string) =>
  api.post('/moderation/cases/{id}/undo', { id });

export const readNumbers = (api: ApiCalls) => api.get('/moderation/numbers');

export const readSuspension = (api: ApiCalls) => api.get('/suspension');

export const appealSuspension = (api: ApiCalls, words: string) =>
  api.post('/suspension/appeal', { body: { words } });
