import { MENTION } from '@echomate/contracts/text';

/** A word of a text as it is compared, and where it stands. */
export interface TextWord {
  word: string;
  /** Another way to write it: Mueller for Müller */
  variant: string | null;
  from: number;
  to: number;
}

/** How much of a word is compared. */
const LONGEST = 40;

/** Scripts without spaces between words: each character is a word, and several are found as a phrase. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;

const WORDS = new RegExp(
  String.raw`${UNSPACED}\p{M}*|\p{Extended_Pictographic}|(?:(?!${UNSPACED})[\p{L}\p{M}\p{N}_]|(?<=\p{L})['’](?=\p{L}))+`,
  'gu',
);

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

const OTHER_WRITING: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

const compared = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter]!)
    .replace(/[^\p{L}\p{N}_\p{Extended_Pictographic}]/gu, '');

const cut = (word: string): string =>
  word.length <= LONGEST ? word : [...word].slice(0, LONGEST).join('');

/** The words of a text without its mentions of people, who are found by their names. */
export function wordsIn(text: string): TextWord[] {
  const words: TextWord[] = [];
  for (const match of text.matchAll(WORDS)) {
    const word = cut(compared(match[0]));
    if (!word) continue;
    const composed = match[0].normalize('NFC').toLowerCase();
    const variant = /[äöüåø]/.test(composed)
      ? cut(compared(composed.replace(/[äöüåø]/g, (letter) => OTHER_WRITING[letter]!)))
      : null;
    words.push({ word, variant, from: match.index, to: match.index + match[0].length });
  }
  return words;
}

export const withoutMentions = (text: string): string => text.replaceAll(MENTION, ' ');
