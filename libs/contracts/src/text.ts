import { LIMITS } from './limits.js';

/** What a text may hold besides words: `@` and a person's id mention them, `#word` is a hashtag. */
export const MENTION = /@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;
export const HASHTAG =
  /(?<![\p{L}\p{M}\p{N}_&/#])#([\p{L}\p{M}\p{N}_]*[\p{L}_][\p{L}\p{M}\p{N}_]*)/gu;

/**
 * A hashtag without its sign, as it is looked up: letter case makes no difference. One that is too long is none,
 * and normalising it could take long.
 */
export const tagOf = (hashtag: string): string =>
  (hashtag.length > LIMITS.hashtag.maxLength ? hashtag : hashtag.normalize('NFKC')).toLowerCase();
