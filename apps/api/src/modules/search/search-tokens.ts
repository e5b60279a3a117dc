import type { Expression, Partition } from '../../platform/database/text-index.js';
import { matchesOf, type SearchQuestion, type Term } from './search-query.js';
import { withoutMentions, wordsIn } from './text-words.js';

// Besides words, a text has tokens for its hashtags and its author. They begin with control characters, which no word has.
const TAG = '\u0091';
const AUTHOR = '\u0092';
const IMAGE = '\u0093';
const READER = '\u0094';
const BEHIND_SCOPE = '\u0095';

const plain = (id: string) => id.replaceAll('-', '');
const authorToken = (id: string) => AUTHOR + plain(id);
const tagToken = (tag: string) =>
  TAG +
  wordsIn(tag)
    .map(({ word }) => word)
    .join('');

/** The readers whom an author chose. */
export const readerToken = (id: string) => READER + plain(id);

/**
 * What is in one place is searched without passing what is elsewhere: it has a partition of its own, or all its tokens name
 * the place.
 */
export type Scope =
  { in: 'everyone' } | { in: 'chosen' } | { in: 'posts' | 'events'; ownerId: string };

const LETTERS = { posts: 'p', events: 'e' };

const prefixOf = (scope: Scope): string =>
  'ownerId' in scope ? LETTERS[scope.in] + plain(scope.ownerId) + BEHIND_SCOPE : '';

export const partitionOf = (scope: Scope): Partition => {
  if ('ownerId' in scope) return 'closed';
  return scope.in === 'everyone' ? 'open' : 'chosen';
};

export interface IndexedText {
  title: string | null;
  content: string;
  tags: string[];
  authorId: string | null;
  hasImage: boolean;
}

/** Everything by which a text is found in a scope; none if it has nothing to be found by. */
export function tokensOf(
  { title, content, tags, authorId, hasImage }: IndexedText,
  scope: Scope,
): string[] {
  const prefix = prefixOf(scope);
  const words = wordsOf({ title, content });
  const signs = [
    ...words.flatMap(({ variant }) => variant ?? []),
    ...tags.map(tagToken),
    ...(authorId === null ? [] : [authorToken(authorId)]),
    ...(hasImage ? [IMAGE] : []),
  ];
  return [...words.map(({ word }) => word), ...new Set(signs)].map((token) => prefix + token);
}

/** A phrase ends with the title. */
export const wordsOf = ({ title, content }: { title: string | null; content: string }) =>
  wordsIn(withoutMentions(title ? `${title}\n${content}` : content));

/** What a text in the scope must have. `authorIds`, if given, are those it may be by; `hiddenIds` those it must not be by. */
export function expressionOf(
  question: SearchQuestion,
  scope: Scope,
  { authorIds, hiddenIds = [] }: { authorIds: string[] | null; hiddenIds?: string[] },
): Expression {
  const prefix = prefixOf(scope);
  const any = (tokens: string[]): Expression => ({
    any: tokens.map((token) => ({ token: prefix + token })),
  });
  const all: Expression[] = [
    ...question.terms.map((term) => partOf(term, prefix)),
    ...question.tags.map((tag) => ({ token: prefix + tagToken(tag) })),
    ...(question.hasImage ? [{ token: prefix + IMAGE }] : []),
    ...(authorIds ? [any(authorIds.map(authorToken))] : []),
  ];
  const none = hiddenIds.map((id) => ({ token: prefix + authorToken(id) }));
  return { all, none };
}

function partOf({ words, variant, isBeginning }: Term, prefix: string): Expression {
  if (words.length > 1) return phraseOf(words, isBeginning, prefix);
  const writings = [words[0]!, variant]
    .filter((word) => word !== null)
    .map((word) => prefix + word);
  const parts = writings.map((text) => (isBeginning ? { beginning: text } : { token: text }));
  return parts.length === 1 ? parts[0]! : { any: parts };
}

/** The last word of a phrase that is being typed is looked for by itself: what is found is compared anyway. */
const phraseOf = (words: string[], isBeginning: boolean, prefix: string): Expression => {
  const whole = (isBeginning ? words.slice(0, -1) : words).map((word) => prefix + word);
  const phrase: Expression = whole.length === 1 ? { token: whole[0]! } : { phrase: whole };
  return isBeginning ? { all: [phrase, { beginning: prefix + words.at(-1)! }] } : phrase;
};

/** Hashtags that begin as a word does, as the index has them. */
export const tagBeginning = (beginning: string, scope: Scope): Expression => ({
  beginning: prefixOf(scope) + tagToken(beginning),
});

/** Where the terms match a text, as characters of it. */
export function marksOf(text: string, terms: Term[]): [from: number, to: number][] {
  const words = wordsIn(text);
  return terms
    .flatMap((term) => matchesOf(words, term))
    .map(([first, end]) => [words[first]!.from, words[end - 1]!.to] as [number, number])
    .sort(([one], [other]) => one - other);
}
