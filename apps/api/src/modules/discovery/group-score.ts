import type { GroupReason } from '@echomate/contracts/discovery.dto';

/** What speaks for suggesting a group; see docs/discovery.md. */
export interface GroupSignals {
  /** Only whether, not how many: the order must not tell who is in a group */
  hasFollowed: boolean;
  tags: number;
  isNew: boolean;
  /** As everyone is told */
  memberCount: number;
}

const MOST_TAGS = 2;

export const groupScore = ({ hasFollowed, tags, isNew, memberCount }: GroupSignals): number =>
  (hasFollowed ? 4 : 0) +
  2 * Math.min(tags, MOST_TAGS) +
  (isNew ? 1 : 0) +
  Math.log10(1 + memberCount);

/** The strongest reason; every group has one. */
export const groupReason = ({ hasFollowed, tags, isNew }: GroupSignals): GroupReason['kind'] => {
  if (hasFollowed) return 'followed';
  if (tags > 0) return 'hashtag';
  return isNew ? 'new' : 'popular';
};
