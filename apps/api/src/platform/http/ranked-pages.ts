import { v7 as uuid } from 'uuid';
import { timeOf } from '../database/ids.js';
import { afterId, badCursor } from './paging.js';

/** The place of something in a list by rank. */
export interface Ranked {
  score: number;
  id: string;
}

const MINUTE_MS = 60_000;

/** Highest first; equal scores newest first. */
export const byRank = (a: Ranked, b: Ranked): number =>
  b.score - a.score || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);

/** Exactly as a cursor holds it. */
export const rounded = (score: number): number => Number(score.toFixed(6));

/** As of when a list is ranked, so that its pages are consistent, and the last item of the page before. */
export interface RankedFrom {
  asOf: string;
  now: number;
  last: Ranked | null;
}

export function rankedFrom(cursor: string | undefined): RankedFrom {
  const { asOf, last } = cursor === undefined ? { asOf: uuid(), last: null } : read(cursor);
  return { asOf, last, now: Date.parse(timeOf(asOf)) };
}

/** What of a ranked list is on the page, and the cursor of the next one. */
export function rankedPage<Item extends Ranked>(
  ranked: Item[],
  { asOf, last }: RankedFrom,
  limit: number,
): { shown: Item[]; nextCursor: string | null } {
  const rest = ranked.filter((item) => last === null || byRank(last, item) < 0);
  const shown = rest.slice(0, limit);
  const end = shown.at(-1);
  const hasMore = end && rest.length > limit;
  return { shown, nextCursor: hasMore ? `${asOf}.${end.score}.${end.id}` : null };
}

function read(cursor: string) {
  const [, asOf, score, id] =
    /^([0-9a-f-]{36})\.([\d.]{1,20})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (!asOf || !score || !id) throw badCursor();
  const from = { asOf: afterId(asOf)!, last: { score: Number(score), id: afterId(id)! } };
  if (Date.parse(timeOf(from.asOf)) > Date.now() + MINUTE_MS) throw badCursor();
  return from;
}
