import { resolve } from '$app/paths';

export type GroupAction =
  | 'ask'
  | 'withdraw'
  | 'accept'
  | 'decline'
  | 'acceptRequest'
  | 'refuseRequest'
  | 'withdrawInvitation'
  | 'leave'
  | 'remove'
  | 'handOver'
  | 'delete'
  | 'restore'
  | 'pin'
  | 'unpin'
  | 'deletePost'
  | 'post';

/** The page of a group, or the path of one of its forms. */
export const groupPath = (id: string, action?: GroupAction) => {
  const path = resolve('/(app)/groups/[id]', { id });
  return action ? `${path}?/${action}` : path;
};
