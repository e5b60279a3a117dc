import type { Relation } from '@echomate/contracts/follows.dto';
import { askAgainAt } from './follows.policy.js';
import type { RelationRow } from './follows.repository.js';

export const toRelation = ({
  following,
  followedBy,
  decidedAt,
  isMuted,
}: RelationRow): Relation => {
  const mine = following ?? 'none';
  // Whom the viewer declined is not told again and again: to them it is as if nobody had asked.
  const theirs = followedBy === 'declined' ? 'none' : (followedBy ?? 'none');
  return {
    following: { status: mine, askAgainAt: askAgainAt(mine, decidedAt) },
    followedBy: theirs,
    isFriend: mine === 'accepted' && theirs === 'accepted',
    isMuted: Boolean(isMuted),
  };
};
