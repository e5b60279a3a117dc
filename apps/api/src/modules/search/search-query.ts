import { LIMITS } from '@echomate/contracts/limits';
import { readOperators, type SearchOperators } from '@echomate/contracts/search-operators';
import { tagOf } from '@echomate/contracts/text';
import { wordsIn, type TextWord } from './text-words.js';

/** One word, or several that must follow each other. */
export interface Term {
  words: string[];
  /** Another way to write the only word */
  variant: string | null;
  /** Whether the last word may go on, as in plurals, and while it is typed; not in quotes */
  isBeginning: boolean;
}

export interface SearchQuestion extends SearchOperators {
  terms: Term[];
  tags: string[];
  /** In which its days begin and end */
  zone: string;
}

/** Shorter beginnings would match nearly everything. */
const SHORTEST_BEGINNING = 2;

const mayBeContinued = (word: string) => [...word].length >= SHORTEST_BEGINNING;

/** Reads what somebody typed. */
export function readQuestion(typed: string, zone = 'UTC'): SearchQuestion {
  const { operators, rest } = readOperators(typed);
  const question: SearchQuestion = { terms: [], tags: [], zone, ...operators };
  let left: number = LIMITS.search.maxWords;
  for (const { whole, tag, phrase, isPhraseEnded } of rest) {
    if (tag !== undefined && question.tags.length < left) {
      question.tags.push(tagOf(tag));
      continue;
    }
    const words = wordsIn(phrase ?? whole).slice(0, left);
    if (!words.length) continue;
    left -= words.length;
    question.terms.push(termOf(words, !isPhraseEnded));
  }
  return question;
}

const termOf = (words: TextWord[], mayGoOn: boolean): Term => {
  const last = words.at(-1)!.word;
  return {
    words: words.map(({ word }) => word),
    variant: words.length === 1 ? words[0]!.variant : null,
    isBeginning: mayGoOn && mayBeContinued(last),
  };
};

export const asksForText = ({ terms, tags }: SearchQuestion): boolean =>
  terms.length + tags.length > 0;

/** Days and a group only narrow: alone they would ask for everything that there is. */
export const asksForAnything = (question: SearchQuestion): boolean =>
  asksForText(question) || question.hasImage || question.from !== null;

/** The words, and hashtags as words: what a text is compared with, and what is marked in it. */
export const termsOf = ({ terms, tags }: SearchQuestion): Term[] => [
  ...terms,
  ...tags.map((tag) => ({
    words: wordsIn(tag).map(({ word }) => word),
    variant: null,
    isBeginning: false,
  })),
];

/** Where a term matches: the index of its first word and, exclusive, of its last one. */
export function matchesOf(
  words: TextWord[],
  { words: asked, variant, isBeginning }: Term,
): [number, number][] {
  const found: [number, number][] = [];
  const fits = (at: number, text: string, mayGoOn: boolean) => {
    const { word, variant: other } = words[at]!;
    return [word, other].some(
      (one) => one !== null && (mayGoOn ? one.startsWith(text) : one === text),
    );
  };
  for (let at = 0; at + asked.length <= words.length; at++) {
    const isMatch = asked.every((text, index) => {
      const mayGoOn = isBeginning && index === asked.length - 1;
      return (
        fits(at + index, text, mayGoOn) || (variant !== null && fits(at + index, variant, mayGoOn))
      );
    });
    if (isMatch) found.push([at, at + asked.length]);
  }
  return found;
}

export const matchesAll = (words: TextWord[], terms: Term[]): boolean =>
  terms.every((term) => matchesOf(words, term).length > 0);
