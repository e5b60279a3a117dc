import type {
  CreateGroupRequest,
  InviteRequest,
  UpdateGroupRequest,
} from '@echomate/contracts/groups.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export interface GroupsAsked {
  q?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const listGroups = (api: ApiCalls, asked: GroupsAsked = {}) => api.get('/groups', asked);

export const listOwnGroups = (api: ApiCalls, asked: Omit<GroupsAsked, 'q'> = {}) =>
  api.get('/users/me/groups', asked);

export const readGroup = (api: ApiCalls, id: string) => api.get('/groups/{id}', { id });

export const createGroup = (api: ApiCalls, body: CreateGroupRequest, key: string) =>
  api.post('/groups', { body, key });

export const updateGroup = (api: ApiCalls, id: string, body: UpdateGroupRequest) =>
  api.patch('/groups/{id}', { id, body });

export const deleteGroup = (api: ApiCalls, id: string) => api.delete('/groups/{id}', { id });

export const restoreGroup = (api: ApiCalls, id: string) => api.post('/groups/{id}/restore', { id });

// ——— members

export const listMembers = (api: ApiCalls, id: string, asked: GroupsAsked = {}) =>
  api.get('/groups/{id}/members', { id, ...asked });

export const leaveGroup = (api: ApiCalls, id: string) =>
  api.delete('/groups/{id}/members/me', { id });

export const removeMember = (api: ApiCalls, id: string, userId: string) =>
  api.delete('/groups/{id}/members/{userId}', { id, userId });

export const handOver = (api: ApiCalls, id: string, userId: string) =>
  api.put('/groups/{id}/creator', { id, body: { userId } });

export const listPastMemberships = (api: ApiCalls, cursor?: string) =>
  api.get('/users/me/memberships', { past: true, cursor });

// ——— invitations

export const listReceivedInvitations = (api: ApiCalls, cursor?: string) =>
  api.get('/users/me/group-invitations', { cursor });

export const listSentInvitations = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/groups/{id}/invitations', { id, cursor });

export const listInvitable = (api: ApiCalls, id: string, asked: GroupsAsked = {}) =>
  api.get('/groups/{id}/invitable', { id, ...asked });

export const invite = (api: ApiCalls, id: string, body: InviteRequest) =>
  api.post('/groups/{id}/invitations', { id, body });

export const withdrawInvitation = (api: ApiCalls, id: string, userId: string) =>
  api.delete('/groups/{id}/invitations/{userId}', { id, userId });

export const acceptInvitation = (api: ApiCalls, id: string) =>
  api.post('/groups/{id}/invitation/accept', { id });

export const declineInvitation = (api: ApiCalls, id: string) =>
  api.post('/groups/{id}/invitation/decline', { id });

// ——— requests

export const listRequests = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/groups/{id}/requests', { id, cursor });

export const askToJoin = (api: ApiCalls, id: string, words: string | null) =>
  api.post('/groups/{id}/requests', { id, body: { words } });

export const withdrawRequest = (api: ApiCalls, id: string) =>
  api.delete('/groups/{id}/requests/me', { id });

export const acceptRequest = (api: ApiCalls, id: string, userId: string) =>
  api.post('/groups/{id}/requests/{userId}/accept', { id, userId });

export const refuseRequest = (api: ApiCalls, id: string, userId: string) =>
  api.post('/groups/{id}/requests/{userId}/refuse', { id, userId });
