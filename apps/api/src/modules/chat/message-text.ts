import { searchTextOf, searchWords } from '../../platform/search-words.js';

/** Words stand apart, whatever signs and line breaks are between them. */
const spaced = (text: string): string => text.replace(/[\s\p{P}]+/gu, ' ');

export const searchTextOfMessage = (content: string): string => searchTextOf(spaced(content));

export const searchedWords = (question: string): string[] => searchWords(spaced(question));
