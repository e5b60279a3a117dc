import { isCalendarDay } from './calendar-day.js';

/** What narrows a search besides words. */
export interface SearchOperators {
  /** Who wrote it: a handle, `me` or a name */
  from: string | null;
  /** The title of a group, or its beginning */
  in: string | null;
  hasImage: boolean;
  /** Days, both included, as `YYYY-MM-DD` */
  after: string | null;
  before: string | null;
}

const PARTS =
  /(from|in|has|before|after):(?:"([^"]*)"?|(\S*))|#([\p{L}\p{M}\p{N}_]+)|"([^"]*)("?)|[^\s"]+/giu;

/** A word, a hashtag or a phrase. */
export interface SearchedWords {
  whole: string;
  tag: string | undefined;
  phrase: string | undefined;
  isPhraseEnded: boolean;
}

/** Takes the operators out of what somebody typed. Anything has a meaning: what is no operator is words. */
export function readOperators(typed: string): {
  operators: SearchOperators;
  rest: SearchedWords[];
} {
  const operators: SearchOperators = {
    from: null,
    in: null,
    hasImage: false,
    after: null,
    before: null,
  };
  const rest: SearchedWords[] = [];
  for (const match of typed.matchAll(PARTS)) {
    const [whole, operator, quoted, plain, tag, phrase, mark] = match;
    if (operator !== undefined) {
      const value = (quoted ?? plain ?? '').trim();
      if (readOperator(operators, operator.toLowerCase(), value)) continue;
    }
    rest.push({ whole, tag, phrase, isPhraseEnded: mark === '"' });
  }
  return { operators, rest };
}

function readOperator(operators: SearchOperators, name: string, value: string): boolean {
  // Still being typed
  if (!value) return true;
  switch (name) {
    case 'from':
    case 'in':
      operators[name] = value.replace(/^@/, '');
      return true;
    case 'has':
      if (!/^(image|photo|picture)s?$/i.test(value)) return false;
      operators.hasImage = true;
      return true;
    default:
      if (!isCalendarDay(value)) return false;
      operators[name as 'before' | 'after'] = value;
      return true;
  }
}
