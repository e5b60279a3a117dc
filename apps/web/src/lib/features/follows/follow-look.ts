import type { Relation } from '@echomate/contracts/follows.dto';
import type { ProfileVisibility } from '@echomate/contracts/users.dto';

/** What the follow button is at this moment. */
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

/** What a press does; whoever follows is asked first. */
export const actionOf = (look: FollowLook): 'follow' | 'unfollow' | null => {
  if (look === 'declined') return null;
  return look === 'follow' || look === 'ask' ? 'follow' : 'unfollow';
};

/** How things stand if the api agrees. */
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
