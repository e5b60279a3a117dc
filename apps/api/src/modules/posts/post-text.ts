import { LIMITS } from '@echomate/contracts/limits';
import { HASHTAG, MENTION, tagOf } from '@echomate/contracts/text';
import { invalidField } from '../../platform/http/problem.js';

/** The ids of mentioned people, without duplicates. */
export const mentionedIn = (content: string): string[] =>
  content.includes('@') ? [...new Set(Array.from(content.matchAll(MENTION), ([, id]) => id!))] : [];

export const tagsIn = (content: string): string[] => [
  ...new Set(Array.from(content.matchAll(HASHTAG), ([, word]) => tagOf(word!))),
];

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

/** What may follow the # of a hashtag. */
export const isTag = (tag: string): boolean =>
  tag.length <= LIMITS.hashtag.maxLength && /^[\p{L}\p{M}\p{N}_]+$/u.test(tag);

/** The mentions and hashtags in a text; refuses a text with too many. */
export function readText(content: string): { mentionedIds: string[]; tags: string[] } {
  const mentionedIds = mentionedIn(content);
  const tags = tagsIn(content);
  const { maxMentions, maxHashtags } = LIMITS.post;
  if (mentionedIds.length > maxMentions)
    throw invalidField('content', 'too-many-mentions', { max: maxMentions });
  if (tags.length > maxHashtags)
    throw invalidField('content', 'too-many-hashtags', { max: maxHashtags });
  if (!tags.every(isTag))
    throw invalidField('content', 'long-hashtag', { max: LIMITS.hashtag.maxLength });
  return { mentionedIds, tags };
}
