import type { CreateCommentRequest } from '@echomate/contracts/posts.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

interface Asked {
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const listComments = (api: ApiCalls, postId: string, asked: Asked = {}) =>
  api.get('/posts/{id}/comments', { id: postId, ...asked });

export const readThread = (api: ApiCalls, id: string) => api.get('/comments/{id}', { id });

export const listReplies = (api: ApiCalls, id: string, asked: Asked = {}) =>
  api.get('/comments/{id}/replies', { id, ...asked });

export const addComment = (
  api: ApiCalls,
  postId: string,
  body: CreateCommentRequest,
  key: string,
) => api.post('/posts/{id}/comments', { id: postId, body, key });

export const updateComment = (api: ApiCalls, id: string, content: string) =>
  api.patch('/comments/{id}', { id, body: { content } });

export const deleteComment = (api: ApiCalls, id: string) => api.delete('/comments/{id}', { id });

export const likeComment = (api: ApiCalls, id: string) => api.put('/comments/{id}/like', { id });

export const unlikeComment = (api: ApiCalls, id: string) =>
  api.delete('/comments/{id}/like', { id });

export const listCommentLikes = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/comments/{id}/likes', { id, cursor });
