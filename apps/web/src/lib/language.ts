import { numberOf, UNKNOWN_READER, type Reader } from './reader.ts';

/** The language of texts. It must be the same on the server and in the browser. */
export const language = (): string => 'en';

/** The server knows who reads from the request at hand, a browser from its page. */
let reader: () => Reader = () => UNKNOWN_READER;

export const writeNumbersFor = (whoReads: () => Reader) => {
  reader = whoReads;
};

const plurals = new Map<string, Intl.PluralRules>();

/** A value as texts show it: numbers as the reader writes them, like times. */
export const shown = (value: string | number): string =>
  typeof value === 'string' ? value : numberOf(value, reader());

/** Which plural form of a language a number takes. */
export function category(of: string, count: number): Intl.LDMLPluralRule {
  let rules = plurals.get(of);
  if (!rules) plurals.set(of, (rules = new Intl.PluralRules(of)));
  return rules.select(count);
}
