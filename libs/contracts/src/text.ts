import { LIMITS } from './limits.js';

/** The markup of texts: `@` and a person's id is a mention, `#word` a hashtag. */
export const MENTION = /@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;
export const HASHTAG =
  /(?<![\p{L}\p{M}\p{N}_&/#])#([\p{L}\p{M}\p{N}_]*[\p{L}_][\p{L}\p{M}\p{N}_]*)/gu;

/**
 * A hashtag without its sign, as it is looked up: letter case makes no difference. Text that is too long is no hashtag,
 * and is not normalised, as that could take long.
 */
export const tagOf = (hashtag: string): string =>
  (hashtag.length > LIMITS.hashtag.maxLength ? hashtag : hashtag.normalize('NFKC')).toLowerCase();
