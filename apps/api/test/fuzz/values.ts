import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from '../support/declared.ts';

/** Something of the world, chosen when the request is sent: ids differ from run to run, choices do not. */
export class Slot {
  readonly kind: string;
  readonly choice: number;

  constructor(kind: string, choice: number) {
    this.kind = kind;
    this.choice = choice;
  }
}

export const slot = (kind: string): Arbitrary<Slot> => fc.nat().map((n) => new Slot(kind, n));

/** What a field is of, by its name; everything else is just text. */
const KINDS: [RegExp, string][] = [
  [/^user|userids?$/i, 'users'],
  [/^media/, 'media'],
  [/^parent/, 'comments'],
  [/^(after|postid)$/i, 'posts'],
  [/^cursor$/, 'cursors'],
  [/^token$/, 'tokens'],
  [/^(email|newEmail)$/, 'emails'],
  [/password$/i, 'passwords'],
  [/^as$/, 'users'],
];

const NASTY = [
  '',
  ' ',
  '\0',
  'a\0b',
  'two\nlines',
  '\ud800',
  'a\udfffb@example.org',
  '\u202ecod.exe',
  '\u2066\u2069',
  '\u200b\u200d\u2060\ufeff',
  'a' + '\u0301'.repeat(300),
  '\u1e9b\u0323'.repeat(100),
  '\ufdfa'.repeat(100),
  '👩‍👩‍👧‍👦'.repeat(40),
  '\uffff\ufffe',
  "' OR 1=1 --",
  '%00',
  '%',
  '%E0%A4%A',
  '%ED%A0%80',
  '\\',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'NaN',
  '1e999',
  '-1',
  '9'.repeat(40),
  '2026-02-30',
  'before:2026-02-30 after:2025-06-31',
  '0190a1b2-0000-7000-8000-000000000000',
  '0190A1B2-0000-7000-8000-00000000000G',
  '@0190a1b2-0000-7000-8000-000000000000 '.repeat(30),
  '#tag '.repeat(50),
  '#'.repeat(2000),
];

const longText = fc
  .tuple(
    fc.constantFrom('a', '\ud800', '\u0301', '\ufdfa', '#a ', '@', '\n', ' ', '👍🏽'),
    fc.constantFrom(39, 41, 60, 61, 120, 121, 254, 255, 1000, 1001, 2001, 5000, 5001, 30_000),
  )
  .map(([part, length]) => 'a' + part.repeat(Math.ceil(length / part.length)).slice(0, length));

export const nastyText: Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 2, arbitrary: longText },
);

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { value };
  return value;
};

const manyKeys = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, n]));

export const nastyValue: Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: nastyText },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 53, 1e308) },
  { weight: 1, arbitrary: fc.constantFrom([], {}, [[]], [null], { length: 3 }) },
  { weight: 1, arbitrary: fc.array(nastyText, { maxLength: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom(2, 20, 200).map(nested) },
  { weight: 1, arbitrary: fc.constantFrom(50, 500, 5000, 20_000).map(manyKeys) },
);

export const nastyName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'role', 'id', 'isAdmin', '', '\ud800'),
  nastyText,
);

const searches = fc
  .tuple(
    fc.constantFrom('before:', 'after:', 'honey before:', 'from:me after:'),
    fc.constantFrom('2024-02-29', '2026-02-30', '2025-06-31', '0000-01-01', '9999-12-31'),
  )
  .map(([operator, day]) => operator + day);

const words = fc.constantFrom('Hello', 'Honey #bees', 'Zażółć gęślą jaźń', '👍🏽 #été');

/** What the document says is right, of things that are there. */
export function rightValue(name: string, schema: Schema, resolve: Resolve): Arbitrary<unknown> {
  const { type, enum: choices, items, anyOf, example, format } = resolve(schema);
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1];
  if (choices) return fc.constantFrom(...choices);
  if (anyOf) return fc.oneof(...anyOf.map((each) => rightValue(name, each, resolve)));
  if (format === 'binary') return slot('files');
  const types = Array.isArray(type) ? type : [type];
  if (types.includes('array')) {
    const list = kind ? slot(kind) : rightValue(name, items ?? {}, resolve);
    const some = fc.array(list, { minLength: 1, maxLength: 3 });
    return fc.oneof(fc.constant([]), fc.constant([]), some);
  }
  if (types.includes('object')) return rightObject(schema, resolve);
  if (types.includes('number') || types.includes('integer')) return fc.integer({ min: 1, max: 50 });
  if (types.includes('boolean')) return fc.boolean();
  if (kind) return slot(kind);
  const texts: Arbitrary<unknown>[] =
    example === undefined ? [words] : [fc.constant(example), words];
  if (/date/i.test(name)) return fc.constantFrom('1990-12-31', '2000-02-29', '1901-01-01');
  if (name === 'q') texts.push(searches);
  if (types.includes('null')) texts.push(fc.constant(null));
  return fc.oneof(...texts);
}

export type Resolve = (schema: Schema) => Schema;

function rightObject(schema: Schema, resolve: Resolve): Arbitrary<object> {
  const { properties = {}, required = [] } = resolve(schema);
  const fields = Object.entries(properties).map(([name, field]) => {
    const value = rightValue(name, field, resolve).map((right) => [name, right] as const);
    return required.includes(name) ? value : fc.option(value, { nil: null, freq: 3 });
  });
  return fc
    .tuple(...fields)
    .map((given) => Object.fromEntries(given.filter((field) => field !== null)));
}

/** A right body with one or two things wrong: changed, missing, added, or all of it something else. */
export function wrongBody(right: Arbitrary<unknown>): Arbitrary<unknown> {
  const change = fc.record({ at: fc.nat(), value: nastyValue, name: nastyName });
  const how = fc.constantFrom(
    'change',
    'change',
    'change',
    'change',
    'leave out',
    'add',
    'replace',
  );
  return fc
    .tuple(right, fc.array(fc.tuple(how, change), { minLength: 1, maxLength: 2 }))
    .map(([body, changes]) => {
      let fields = Object.entries(body as object);
      for (const [kind, { at, value, name }] of changes) {
        const index = fields.length ? at % fields.length : 0;
        if (kind === 'replace') return value;
        if (kind === 'leave out') fields = fields.toSpliced(index, 1);
        else if (kind === 'change' && fields.length)
          fields = fields.with(index, [fields[index]![0], value]);
        else fields = [...fields, [name, value]];
      }
      return Object.fromEntries(fields);
    });
}
