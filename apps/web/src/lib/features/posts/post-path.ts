import { resolve } from '$app/paths';

export type PostAction =
  | 'like'
  | 'unlike'
  | 'comment'
  | 'likeComment'
  | 'unlikeComment'
  | 'deleteComment'
  | 'delete'
  | 'restore';

/** The page of a post at one of its comments, however old that is. */
export const commentPath = (postId: string, id: string) =>
  `${postPath(postId)}?comment=${id}#comment-${id}`;

/** The page of a post, or the path of one of its plain forms. */
export const postPath = (id: string, action?: PostAction) => {
  const path = resolve('/(app)/posts/[id]', { id });
  return action ? `${path}?/${action}` : path;
};
