import type { ChangeRoleRequest, CreateInvitationRequest } from '@echomate/contracts/admin.dto';
import type { InsightRange } from '@echomate/contracts/insights.dto';
import type { Role } from '@echomate/contracts/users.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const readStatistics = (api: ApiCalls, range: InsightRange) =>
  api.get('/admin/statistics', { range });

export const listPeople = (
  api: ApiCalls,
  asked: { q?: string | undefined; role?: Role | undefined; cursor?: string | undefined },
) => api.get('/admin/people', asked);

export const readPerson = (api: ApiCalls, id: string) => api.get('/admin/people/{id}', { id });

export const changeRole = (api: ApiCalls, id: string, body: ChangeRoleRequest) =>
  api.put('/admin/people/{id}/role', { id, body });

export const listInvitations = (api: ApiCalls, cursor?: string) =>
  api.get('/admin/invitations', { cursor });

export const createInvitation = (api: ApiCalls, body: CreateInvitationRequest) =>
  api.post('/admin/invitations', { body });

export const revokeInvitation = (api: ApiCalls, id: string) =>
  api.delete('/admin/invitations/{id}', { id });

export const listRegistrations = (api: ApiCalls, cursor?: string) =>
  api.get('/admin/registrations', { cursor });

export const acceptRegistration = (api: ApiCalls, id: string) =>
  api.post('/admin/registrations/{id}/accept', { id });

export const refuseRegistration = (api: ApiCalls, id: string, reason: string) =>
  api.post('/admin/registrations/{id}/refuse', { id, body: { reason } });
