import type { DiscoveryReason } from '@echomate/contracts/discovery.dto';
import { DAY_MS } from '../../platform/periods.js';

/** What speaks for showing a post; see docs/discovery.md. Numbers of people, none of them the author. */
export interface PostSignals {
  likes: number;
  commenters: number;
  sharers: number;
  createdAt: string;
  /** Hashtags of the post that the viewer uses too */
  tags: string[];
}

const WEIGHTS = { likes: 1, commenters: 2, sharers: 3 };
const OF_INTEREST = 1.5;
const HALF_LIFE_MS = 2 * DAY_MS;

/** Half as much for every two days. */
const freshness = (createdAt: string, now: number): number =>
  0.5 ** (Math.max(0, now - Date.parse(createdAt)) / HALF_LIFE_MS);

export const stirred = ({
  likes,
  commenters,
  sharers,
}: Pick<PostSignals, 'likes' | 'commenters' | 'sharers'>): number =>
  WEIGHTS.likes * likes + WEIGHTS.commenters * commenters + WEIGHTS.sharers * sharers;

/** Zero if nobody has reacted. */
export const postScore = (signals: PostSignals, now: number): number =>
  stirred(signals) * (signals.tags.length ? OF_INTEREST : 1) * freshness(signals.createdAt, now);

/** A hashtag of the viewer's, or what gave the post the most points. */
export function postReason(signals: PostSignals): DiscoveryReason {
  const [tag] = signals.tags.toSorted();
  if (tag !== undefined) return { kind: 'hashtag', count: 0, tag };
  const strongest = (
    [
      ['shared', WEIGHTS.sharers, signals.sharers],
      ['discussed', WEIGHTS.commenters, signals.commenters],
      ['liked', WEIGHTS.likes, signals.likes],
    ] as const
  ).toSorted(([, one, ofOne], [, other, ofOther]) => other * ofOther - one * ofOne)[0]!;
  const [kind, , count] = strongest;
  return { kind, count, tag: null };
}

const MOST_BY_ONE = 2;

/** Of a ranked list, the first few of each author: one person does not fill the page. */
export function fewOfEach<Item extends { authorId: string }>(ranked: Item[]): Item[] {
  const shown = new Map<string, number>();
  return ranked.filter(({ authorId }) => {
    const before = shown.get(authorId) ?? 0;
    shown.set(authorId, before + 1);
    return before < MOST_BY_ONE;
  });
}
