import type { FeedReason } from '@echomate/contracts/feed.dto';
import type { CandidateRow, ReactionsRow } from './feed.repository.js';
import { HOUR_MS } from '../../platform/periods.js';

/** What the rank of a post is computed from. */
export type Signals = Omit<CandidateRow & ReactionsRow, 'hiddenLikes' | 'hiddenComments'>;

const POPULAR_FROM = 5;

/** Rank of a post at a moment: reactions of people the viewer follows weigh most; everything decays with time. */
export function scoreOf(row: Signals, viewerId: string, now: number): number {
  const reactions = row.likeCount + 2 * row.commentCount;
  // Reactions do not raise the viewer's own posts: only age counts.
  const interest =
    row.authorId === viewerId
      ? 1
      : 1 +
        3 * row.followedCommenters +
        2 * row.followedLikes +
        Math.log2(1 + reactions) +
        (row.isFriend ? 1 : 0);
  const ageHours = Math.max(0, now - Date.parse(row.createdAt)) / HOUR_MS;
  return interest / (ageHours + 4) ** 0.9;
}

/** The strongest signal; every post has one. */
export function reasonFor(row: Signals, viewerId: string): FeedReason {
  if (row.authorId === viewerId) return { kind: 'own', count: 0 };
  if (row.followedCommenters) return { kind: 'commented', count: row.followedCommenters };
  if (row.followedLikes) return { kind: 'liked', count: row.followedLikes };
  const reactions = row.likeCount + row.commentCount;
  if (reactions >= POPULAR_FROM) return { kind: 'popular', count: reactions };
  if (!row.isFollowed) return { kind: 'group', count: 0 };
  return { kind: row.isFriend ? 'friend' : 'followed', count: 0 };
}
