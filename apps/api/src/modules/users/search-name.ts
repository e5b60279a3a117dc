/** As names are compared: without accents, in lower case. */
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cc}]/gu, '')
    .toLowerCase()
    .trim();

/** What is stored to find a person by: every name behind a space, so that its beginning can be asked for. */
export const searchNameOf = (names: {
  firstName: string;
  lastName: string;
  nickname: string | null;
}): string =>
  [names.firstName, names.lastName, names.nickname]
    .filter((name) => name !== null)
    .map((name) => ` ${fold(name)}`)
    .join('');

/** How much of a word is kept to look it up by; whoever is found there is still asked about the whole. */
const INDEXED_LENGTH = 40;

/** By code points, so that none is cut in half. */
const beginning = (word: string) => [...word].slice(0, INDEXED_LENGTH).join('');

/** The words by which someone with this search name is looked up. */
export const indexedWords = (searchName: string): string[] => [
  ...new Set(searchName.split(' ').filter(Boolean).map(beginning)),
];

/** The words of a question; a name must begin with each of them. */
export const searchWords = (question: string): string[] =>
  fold(question).split(/\s+/).filter(Boolean).slice(0, 5);

/** Every indexed word that begins like this one lies between these two. */
export const indexRange = (word: string): [from: string, to: string] => [
  beginning(word),
  beginning(word) + '\u{10FFFF}'.repeat(INDEXED_LENGTH),
];

/** A LIKE pattern for what is stored. */
export const searchPattern = (word: string): string => `% ${word.replace(/[\\%_]/g, '\\$&')}%`;
