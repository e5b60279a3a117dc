import { readOperators, type SearchOperators } from '@echomate/contracts/search-operators';

export const NO_OPERATORS: SearchOperators = {
  from: null,
  in: null,
  hasImage: false,
  after: null,
  before: null,
};

const quoted = (value: string) => {
  const plain = value.replaceAll('"', '').trim();
  return /\s/.test(plain) ? `"${plain}"` : plain;
};

const written = (operators: SearchOperators) => {
  const valued = (['from', 'in', 'after', 'before'] as const).flatMap((name) => {
    const value = quoted(operators[name] ?? '');
    return value ? [`${name}:${value}`] : [];
  });
  return operators.hasImage ? [...valued, 'has:image'] : valued;
};

/** With these operators instead of its own. */
export const withOperators = (q: string, operators: SearchOperators) =>
  [...written(operators), ...readOperators(q).rest.map(({ whole }) => whole)].join(' ');

export interface Narrowing {
  name: keyof SearchOperators;
  value: string | boolean;
  /** The search without it */
  without: string;
}

/** The operators in a search, each with the way to be rid of it. */
export const narrowingsOf = (q: string): Narrowing[] => {
  const { operators } = readOperators(q);
  return (Object.keys(NO_OPERATORS) as (keyof SearchOperators)[]).flatMap((name) => {
    const value = operators[name];
    if (!value) return [];
    return [
      { name, value, without: withOperators(q, { ...operators, [name]: NO_OPERATORS[name] }) },
    ];
  });
};
