import type { TextPart } from '@echomate/contracts/search.dto';
import { MENTION } from '@echomate/contracts/text';
import type { UserCard } from '@echomate/contracts/users.dto';
import { marksOf } from './search-tokens.js';
import type { Term } from './search-query.js';

const LENGTH = 220;
/** How much stands before the first match. */
const BEFORE = 60;

/** The text as it is read: people by their names, in one line. */
export const readText = (content: string, cards: Map<string, UserCard>): string =>
  content
    .replaceAll(MENTION, (_, id: string) => {
      const card = cards.get(id);
      return card ? `@${card.firstName} ${card.lastName}` : '@…';
    })
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The whole text in parts, each of them marked or not. */
export function markedText(text: string, terms: Term[]): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  const push = (to: number, isMatch: boolean) => {
    if (to > at) parts.push({ text: text.slice(at, to), isMatch });
    at = Math.max(at, to);
  };
  for (const [from, to] of marksOf(text, terms)) {
    push(from, false);
    push(to, true);
  }
  push(text.length, false);
  return parts;
}

/** Some lines around the first match; no word is cut in two. */
export function markedExcerpt(text: string, terms: Term[]): TextPart[] {
  const first = marksOf(text, terms)[0]?.[0] ?? 0;
  const from = first <= BEFORE || text.length <= LENGTH ? 0 : startOfWord(text, first - BEFORE);
  const to = text.length - from <= LENGTH ? text.length : endOfWord(text, from + LENGTH);
  const parts = markedText(text.slice(from, to), terms);
  if (from > 0) parts.unshift({ text: '… ', isMatch: false });
  if (to < text.length) parts.push({ text: ' …', isMatch: false });
  return parts;
}

const LONGEST_WORD = 40;

const startOfWord = (text: string, at: number): number => {
  const space = text.indexOf(' ', at);
  return space >= 0 && space < at + LONGEST_WORD ? space + 1 : wholeCharacter(text, at);
};

const endOfWord = (text: string, at: number): number => {
  const space = text.lastIndexOf(' ', at);
  return space > at - LONGEST_WORD ? space : wholeCharacter(text, at);
};

/** Not between the halves of one. */
const wholeCharacter = (text: string, at: number): number =>
  /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at;
