import type { UserCard } from '@echomate/contracts/users.dto';
import { resolve } from '$app/paths';

export type PersonAction =
  | 'follow'
  | 'unfollow'
  | 'accept'
  | 'decline'
  | 'restoreRequest'
  | 'removeFollower'
  | 'mute'
  | 'unmute'
  | 'block'
  | 'unblock';

/** Where a plain form sends what scripts ask the api for. The handle of a blocked person leads nowhere, their id does. */
export const actionPath = (
  { id, handle }: Pick<UserCard, 'id' | 'handle'>,
  action: PersonAction | 'ask',
) => {
  const whom = action === 'unblock' ? id : handle;
  return `${resolve('/(app)/@[handle]', { handle: whom })}?/${action}`;
};
