import { LIMITS } from './limits.js';

/**
 * Letters and digits with single separators between them: in ASCII, so that no handle looks like another one, and never
 * as long as an id, so that a path cannot mean both.
 */
const WORDS = '[a-z0-9]+(?:[._-][a-z0-9]+)*';
const HANDLE = new RegExp(`^${WORDS}$`);

/** Handles are kept in lower case; whoever looks for one may type it in any case, with the sign. */
export const handleOf = (typed: string): string => {
  const text = typed.trim().replace(/^@/, '');
  // Beyond ASCII, some letters would become others.
  return /^[\x21-\x7e]*$/.test(text) ? text.toLowerCase() : text;
};

/** At least one letter: a number alone says nobody's name. */
export const isHandle = (handle: string): boolean =>
  handle.length >= LIMITS.handle.minLength &&
  handle.length <= LIMITS.handle.maxLength &&
  HANDLE.test(handle) &&
  /[a-z]/.test(handle);

/** A link, in which nothing is a mention, or a typed mention: `@` and what may be a handle, in any case. */
export const LINK_OR_TYPED_MENTION = new RegExp(
  `https?://[^\\s<>"]+|(?<![\\p{L}\\p{M}\\p{N}_@&/.+-])@(${WORDS})(?![\\p{L}\\p{M}\\p{N}_@])`,
  'giu',
);
