import type {
  AudienceRequest,
  CreatePostRequest,
  ShareRequest,
  UpdatePostRequest,
} from '@echomate/contracts/posts.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export const createPost = (api: ApiCalls, body: CreatePostRequest, key: string) =>
  api.post('/posts', { body, key });

export const readPost = (api: ApiCalls, id: string) => api.get('/posts/{id}', { id });

/** Those of them that the viewer sees. */
export const readSomePosts = (api: ApiCalls, ids: string[]) =>
  api.get('/posts', { ids: ids.join() });

export const updatePost = (api: ApiCalls, id: string, body: UpdatePostRequest) =>
  api.patch('/posts/{id}', { id, body });

export const deletePost = (api: ApiCalls, id: string) => api.delete('/posts/{id}', { id });

export const restorePost = (api: ApiCalls, id: string) => api.post('/posts/{id}/restore', { id });

export const changeAudience = (api: ApiCalls, id: string, body: AudienceRequest) =>
  api.put('/posts/{id}/audience', { id, body });

export const readAudience = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/posts/{id}/audience', { id, cursor });

export const previewAudience = (api: ApiCalls, body: AudienceRequest) =>
  api.post('/posts/audience-preview', { body });

export const likePost = (api: ApiCalls, id: string) => api.put('/posts/{id}/like', { id });

export const unlikePost = (api: ApiCalls, id: string) => api.delete('/posts/{id}/like', { id });

export const listPostLikes = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/posts/{id}/likes', { id, cursor });

export const sharePost = (api: ApiCalls, id: string, body: ShareRequest, key: string) =>
  api.post('/posts/{id}/share', { id, body, key });

export const listShares = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/posts/{id}/shares', { id, cursor });

export const readHistory = (api: ApiCalls, id: string, cursor?: string) =>
  api.get('/posts/{id}/history', { id, cursor });

/** With `as`, the own profile as a stranger, or the follower with this id, sees it. */
export const listPostsOf = (api: ApiCalls, id: string, cursor?: string, as?: string) =>
  api.get('/users/{id}/posts', { id, cursor, as });

export const listMentions = (api: ApiCalls, cursor?: string, limit?: number) =>
  api.get('/users/me/mentions', { cursor, limit });

export const listPostsTagged = (api: ApiCalls, tag: string, cursor?: string) =>
  api.get('/hashtags/{tag}/posts', { tag, cursor });

export const listPostsIn = (api: ApiCalls, groupId: string, cursor?: string) =>
  api.get('/groups/{id}/posts', { id: groupId, cursor });

export const listPinned = (api: ApiCalls, groupId: string) =>
  api.get('/groups/{id}/pinned', { id: groupId });

/** Hears no more of what happens under it. */
export const mutePost = (api: ApiCalls, id: string) =>
  api.put('/notifications/mutes/posts/{id}', { id, body: {} });

export const unmutePost = (api: ApiCalls, id: string) =>
  api.delete('/notifications/mutes/posts/{id}', { id });

export const pinPost = (api: ApiCalls, id: string) => api.put('/posts/{id}/pin', { id });

export const unpinPost = (api: ApiCalls, id: string) => api.delete('/posts/{id}/pin', { id });
