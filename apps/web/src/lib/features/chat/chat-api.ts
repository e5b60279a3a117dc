import type { SendMessageRequest, UpdateConversationRequest } from '@echomate/contracts/chat.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const listConversations = (api: ApiCalls, asked: { cursor?: string | undefined } = {}) =>
  api.get('/conversations', asked);

export const listArchived = (api: ApiCalls, cursor?: string) =>
  api.get('/conversations', { cursor, archived: 'true' });

export const listRequested = (api: ApiCalls, cursor?: string) =>
  api.get('/conversations/requests', { cursor });

export const countUnread = (api: ApiCalls) => api.get('/conversations/unread');

export const readPresenceSetting = (api: ApiCalls) => api.get('/users/me/presence');

export const savePresenceSetting = (api: ApiCalls, isVisible: boolean) =>
  api.put('/users/me/presence', { body: { isVisible } });

export const startConversation = (api: ApiCalls, userId: string) =>
  api.post('/conversations', { body: { userId } });

export const readConversation = (api: ApiCalls, id: string) =>
  api.get('/conversations/{id}', { id });

export const readRoom = (api: ApiCalls, groupId: string) =>
  api.get('/groups/{id}/conversation', { id: groupId });

export interface MessagesAsked {
  limit?: number;
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
}

export const listMessages = (api: ApiCalls, id: string, asked: MessagesAsked = {}) =>
  api.get('/conversations/{id}/messages', { id, ...asked });

export const searchMessages = (api: ApiCalls, q: string) => api.get('/conversations/search', { q });

export const searchMessagesIn = (api: ApiCalls, id: string, q: string) =>
  api.get('/conversations/{id}/search', { id, q });

export const sendMessage = (api: ApiCalls, id: string, body: SendMessageRequest) =>
  api.post('/conversations/{id}/messages', { id, body });

export const editMessage = (api: ApiCalls, id: string, content: string | null) =>
  api.patch('/messages/{id}', { id, body: { content } });

export const deleteMessage = (api: ApiCalls, id: string) => api.delete('/messages/{id}', { id });

export const react = (api: ApiCalls, id: string, emoji: string | null) =>
  emoji === null
    ? api.delete('/messages/{id}/reaction', { id })
    : api.put('/messages/{id}/reaction', { id, body: { emoji } });

export const markRead = (api: ApiCalls, id: string, messageId: string) =>
  api.put('/conversations/{id}/read', { id, body: { messageId } });

export const acceptConversation = (api: ApiCalls, id: string) =>
  api.post('/conversations/{id}/accept', { id });

export const declineConversation = (api: ApiCalls, id: string) =>
  api.post('/conversations/{id}/decline', { id });

export const updateConversation = (api: ApiCalls, id: string, body: UpdateConversationRequest) =>
  api.patch('/conversations/{id}', { id, body });
