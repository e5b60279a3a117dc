import { LIMITS } from '@echomate/contracts/limits';
import { HASHTAG, MENTION, tagOf } from '@echomate/contracts/text';
import { invalidField } from '../../platform/http/problem.js';

/** The people a text mentions, each once. */
export const mentionedIn = (content: string): string[] =>
  content.includes('@') ? [...new Set(Array.from(content.matchAll(MENTION), ([, id]) => id!))] : [];

export const tagsIn = (content: string): string[] => [
  ...new Set(Array.from(content.matchAll(HASHTAG), ([, word]) => tagOf(word!))),
];

/** What can stand behind a hashtag's sign. */
export const isTag = (tag: string): boolean =>
  tag.length <= LIMITS.hashtag.maxLength && /^[\p{L}\p{M}\p{N}_]+$/u.test(tag);

/** The people and hashtags in a text, or a refusal if there are too many to mean anything. */
export function readText(content: string): { mentionedIds: string[]; tags: string[] } {
  const mentionedIds = mentionedIn(content);
  const tags = tagsIn(content);
  const { maxMentions, maxHashtags } = LIMITS.post;
  if (mentionedIds.length > maxMentions)
    throw invalidField('content', `Mention at most ${maxMentions} people.`);
  if (tags.length > maxHashtags)
    throw invalidField('content', `Use at most ${maxHashtags} hashtags.`);
  if (!tags.every(isTag))
    throw invalidField('content', `Keep hashtags to ${LIMITS.hashtag.maxLength} characters.`);
  return { mentionedIds, tags };
}
