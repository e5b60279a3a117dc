/** Compared without accents, in lower case. */
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cc}]/gu, '')
    .toLowerCase()
    .trim();

/** The stored search text: each of these, preceded by a space, so that the beginnings of words can be matched. */
export const searchTextOf = (...texts: (string | null)[]): string =>
  texts
    .filter((text) => text !== null)
    .map((text) => ` ${fold(text)}`)
    .join('');

/** How much of a word is indexed; the whole word is compared afterwards. */
const INDEXED_LENGTH = 40;

/** By code points, so that no character is cut in half. */
const beginning = (word: string) => [...word].slice(0, INDEXED_LENGTH).join('');

/** The words under which something with this search text is indexed. */
export const indexedWords = (searchText: string): string[] => [
  ...new Set(searchText.split(/\s+/).filter(Boolean).map(beginning)),
];

/** The words of a query, handles with or without their sign; each must begin a word of the search text. */
export const searchWords = (question: string): string[] =>
  fold(question)
    .split(/\s+/)
    .map((word) => word.replace(/^@/, ''))
    .filter(Boolean)
    .slice(0, 5);

/** Every indexed word that begins with this one is within this range. */
export const indexRange = (word: string): [from: string, to: string] => [
  beginning(word),
  beginning(word) + '\u{10FFFF}'.repeat(INDEXED_LENGTH),
];

/** A LIKE pattern for the stored search text. */
export const searchPattern = (word: string): string => `% ${word.replace(/[\\%_]/g, '\\$&')}%`;
