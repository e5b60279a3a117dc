import { matchesOf, type Term } from './search-query.js';
import { wordsIn } from './text-words.js';
import { DAY_MS } from '../../platform/periods.js';

export interface Ranked {
  title: string | null;
  content: string;
  createdAt: string;
}

const HALF_LIFE_DAYS = 30;

/**
 * How well a text fits: each term counts, twice as much if it stands there as a whole word and again if it is in the
 * title; a text that is short or new is better than one that is long or old. Likes don't count: their order would tell
 * of hidden ones.
 */
export function scoreOf({ title, content, createdAt }: Ranked, terms: Term[], now: number): number {
  const inTitle = wordsIn(title ?? '');
  const inContent = wordsIn(content);
  let score = 0;
  for (const term of terms) {
    const whole = { ...term, isBeginning: false };
    if (matchesOf(inTitle, whole).length) score += 4;
    else if (matchesOf(inTitle, term).length) score += 2;
    if (matchesOf(inContent, whole).length) score += 2;
    else if (matchesOf(inContent, term).length) score += 1;
  }
  const age = Math.max(0, now - Date.parse(createdAt)) / DAY_MS;
  return score + 1 / (1 + inContent.length / 50) + 2 ** (-age / HALF_LIFE_DAYS);
}
