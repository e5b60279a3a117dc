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
  // A request the viewer declined is shown to them as no request.
  const theirs = followedBy === 'declined' ? 'none' : (followedBy ?? 'none');
  return {
    following: { status: mine, askAgainAt: askAgainAt(mine, decidedAt) },
    followedBy: theirs,
    isFriend: mine === 'accepted' && theirs === 'accepted',
    isMuted: Boolean(isMuted),
  };
};
