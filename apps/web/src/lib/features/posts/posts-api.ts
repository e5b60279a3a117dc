import type { PeoplePage } from '@echomate/contracts/follows.dto';
import type {
  AudienceRequest,
  AudienceView,
  CreatePostRequest,
  LikeState,
  Post,
  PostHistory,
  PostPage,
  ShareRequest,
  UpdatePostRequest,
} from '@echomate/contracts/posts.dto';
import type { ApiCalls } from '#lib/api-answer.ts';

const post = (id: string) => `/posts/${encodeURIComponent(id)}`;

export const createPost = (api: ApiCalls, body: CreatePostRequest, key: string) =>
  api.post<Post>('/posts', body, key);

export const readPost = (api: ApiCalls, id: string) => api.get<Post>(post(id));

export const updatePost = (api: ApiCalls, id: string, body: UpdatePostRequest) =>
  api.patch<Post>(post(id), body);

export const deletePost = (api: ApiCalls, id: string) => api.delete<undefined>(post(id));

export const restorePost = (api: ApiCalls, id: string) => api.post<Post>(`${post(id)}/restore`);

export const changeAudience = (api: ApiCalls, id: string, body: AudienceRequest) =>
  api.put<Post>(`${post(id)}/audience`, body);

export const readAudience = (api: ApiCalls, id: string, cursor?: string) =>
  api.get<AudienceView>(`${post(id)}/audience`, { cursor });

export const previewAudience = (api: ApiCalls, body: AudienceRequest) =>
  api.post<AudienceView>('/posts/audience-preview', body);

export const likePost = (api: ApiCalls, id: string) => api.put<LikeState>(`${post(id)}/like`);

export const unlikePost = (api: ApiCalls, id: string) => api.delete<LikeState>(`${post(id)}/like`);

export const listPostLikes = (api: ApiCalls, id: string, cursor?: string) =>
  api.get<PeoplePage>(`${post(id)}/likes`, { cursor });

export const sharePost = (api: ApiCalls, id: string, body: ShareRequest, key: string) =>
  api.post<Post>(`${post(id)}/share`, body, key);

export const listShares = (api: ApiCalls, id: string, cursor?: string) =>
  api.get<PostPage>(`${post(id)}/shares`, { cursor });

export const readHistory = (api: ApiCalls, id: string, cursor?: string) =>
  api.get<PostHistory>(`${post(id)}/history`, { cursor });

/** `as` is how a stranger, or the follower with this id, sees the own profile. */
export const listPostsOf = (api: ApiCalls, userId: string, cursor?: string, as?: string) =>
  api.get<PostPage>(`/users/${encodeURIComponent(userId)}/posts`, { cursor, as });

export const listMentions = (api: ApiCalls, cursor?: string) =>
  api.get<PostPage>('/users/me/mentions', { cursor });

export const listPostsTagged = (api: ApiCalls, tag: string, cursor?: string) =>
  api.get<PostPage>(`/hashtags/${encodeURIComponent(tag)}/posts`, { cursor });
