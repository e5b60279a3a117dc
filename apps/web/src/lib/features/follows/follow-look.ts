import type { Relation } from '@echomate/contracts/follows.dto';
import type { ProfileVisibility } from '@echomate/contracts/users.dto';

/** The state in which the follow button is shown. */
export type FollowLook = 'follow' | 'ask' | 'requested' | 'following' | 'friends' | 'declined';

export const followLook = (
  { following, isFriend }: Relation,
  visibility: ProfileVisibility,
  now: Date,
): FollowLook => {
  if (following.status === 'accepted') return isFriend ? 'friends' : 'following';
  if (following.status === 'requested') return 'requested';
  const waits = following.askAgainAt !== null && new Date(following.askAgainAt) > now;
  if (following.status === 'declined' && waits) return 'declined';
  return visibility === 'public' ? 'follow' : 'ask';
};

/** What a press does; unfollowing asks first. */
export const actionOf = (look: FollowLook): 'follow' | 'unfollow' | null => {
  if (look === 'declined') return null;
  return look === 'follow' || look === 'ask' ? 'follow' : 'unfollow';
};

/** The relation if the api accepts the action. */
export const afterFollow = (relation: Relation, visibility: ProfileVisibility): Relation => {
  const accepted = visibility === 'public';
  return {
    ...relation,
    following: { status: accepted ? 'accepted' : 'requested', askAgainAt: null },
    isFriend: accepted && relation.followedBy === 'accepted',
  };
};

export const afterUnfollow = (relation: Relation): Relation => ({
  ...relation,
  following: { status: 'none', askAgainAt: null },
  isFriend: false,
});
