import type { FeedReason } from '@echomate/contracts/feed.dto';
import type { CandidateRow, ReactionsRow } from './feed.repository.js';

/** What speaks for showing a post high up. */
export type Signals = Omit<CandidateRow & ReactionsRow, 'hiddenLikes' | 'hiddenComments'>;

const POPULAR_FROM = 5;
const HOUR_MS = 3600_000;

/** How high a post stands at a moment: what people one follows did counts most, and all of it fades. */
export function scoreOf(row: Signals, viewerId: string, now: number): number {
  const reactions = row.likeCount + 2 * row.commentCount;
  // What others make of one's own post is no news; it stands where its age puts it.
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

/** The strongest thing that speaks for a post; every post has one. */
export function reasonFor(row: Signals, viewerId: string): FeedReason {
  if (row.authorId === viewerId) return { kind: 'own', count: 0 };
  if (row.followedCommenters) return { kind: 'commented', count: row.followedCommenters };
  if (row.followedLikes) return { kind: 'liked', count: row.followedLikes };
  const reactions = row.likeCount + row.commentCount;
  if (reactions >= POPULAR_FROM) return { kind: 'popular', count: reactions };
  return { kind: row.isFriend ? 'friend' : 'followed', count: 0 };
}

/** Highest first; of equals the newer. */
export const byRank = (
  a: { score: number; id: string },
  b: { score: number; id: string },
): number => b.score - a.score || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);
