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

/** LIKE patterns, one for each word of the question; all must match. */
export const searchPatterns = (question: string): string[] =>
  fold(question)
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 5)
    .map((word) => `% ${word.replace(/[\\%_]/g, '\\$&')}%`);
