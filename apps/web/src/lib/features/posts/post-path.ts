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

/** The page of a post, or where a plain form of it is sent. */
export const postPath = (id: string, action?: PostAction) => {
  const path = resolve('/(app)/posts/[id]', { id });
  return action ? `${path}?/${action}` : path;
};
