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

/** What may follow the # of a hashtag. */
export const isTag = (tag: string): boolean =>
  tag.length <= LIMITS.hashtag.maxLength && /^[\p{L}\p{M}\p{N}_]+$/u.test(tag);

/** The ids of mentioned people, without duplicates. */
export const mentionedIn = (content: string): string[] =>
  content.includes('@') ? [...new Set(Array.from(content.matchAll(MENTION), ([, id]) => id!))] : [];

const EXCERPT = 160;
/** Words longer than this are cut: some languages do without spaces. */
const LONGEST_WORD = 60;

/** The beginning of a text in one line. Neither a mention nor a character is cut in two. */
export function excerptOf(content: string): string {
  // More than enough: what is cut off need not be read.
  const line = content
    .slice(0, 4 * EXCERPT)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= EXCERPT) return line;
  const cut = line.slice(0, EXCERPT);
  const space = cut.lastIndexOf(' ');
  const words = space > EXCERPT - LONGEST_WORD ? cut.slice(0, space) : cut;
  return `${words.replace(/(@[0-9a-f-]{0,35}|[\uD800-\uDBFF])$/, '')} …`;
}
