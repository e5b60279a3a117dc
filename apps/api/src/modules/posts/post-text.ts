import { LIMITS } from '@echomate/contracts/limits';
import { HASHTAG, isTag, mentionedIn, tagOf } from '@echomate/contracts/text';
import { invalidField } from '../../platform/http/problem.js';

export const tagsIn = (content: string): string[] => [
  ...new Set(Array.from(content.matchAll(HASHTAG), ([, word]) => tagOf(word!))),
];

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
