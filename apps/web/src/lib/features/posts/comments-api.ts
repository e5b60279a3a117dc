import type { PeoplePage } from '@echomate/contracts/follows.dto';
import type {
  Comment,
  CommentPage,
  CreateCommentRequest,
  LikeState,
} from '@echomate/contracts/posts.dto';
import type { ApiCalls } from '#lib/api-answer.ts';

const comment = (id: string) => `/comments/${encodeURIComponent(id)}`;
const commentsOn = (postId: string) => `/posts/${encodeURIComponent(postId)}/comments`;

interface Asked {
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const listComments = (api: ApiCalls, postId: string, asked: Asked = {}) =>
  api.get<CommentPage>(commentsOn(postId), { ...asked });

export const listReplies = (api: ApiCalls, id: string, asked: Asked = {}) =>
  api.get<CommentPage>(`${comment(id)}/replies`, { ...asked });

export const addComment = (
  api: ApiCalls,
  postId: string,
  body: CreateCommentRequest,
  key: string,
) => api.post<Comment>(commentsOn(postId), body, key);

export const updateComment = (api: ApiCalls, id: string, content: string) =>
  api.patch<Comment>(comment(id), { content });

export const deleteComment = (api: ApiCalls, id: string) => api.delete<undefined>(comment(id));

export const likeComment = (api: ApiCalls, id: string) => api.put<LikeState>(`${comment(id)}/like`);

export const unlikeComment = (api: ApiCalls, id: string) =>
  api.delete<LikeState>(`${comment(id)}/like`);

export const listCommentLikes = (api: ApiCalls, id: string, cursor?: string) =>
  api.get<PeoplePage>(`${comment(id)}/likes`, { cursor });
