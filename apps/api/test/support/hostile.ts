import fc from 'fast-check';

/** Every field that any contract has: whatever a route reads is among them. */
export const FIELDS = [
  'about',
  'alt',
  'audience',
  'chosenUserIds',
  'content',
  'currentPassword',
  'dateOfBirth',
  'dateOfBirthVisibility',
  'email',
  'emailVisibility',
  'firstName',
  'lastName',
  'mediaId',
  'mediaIds',
  'newEmail',
  'newPassword',
  'nickname',
  'parentId',
  'password',
  'title',
  'token',
  'visibility',
];

const everywhere = (value: unknown) =>
  JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, value])));
const keys = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));

const MARKS = `a${'\u0301'.repeat(120_000)}`;
const inEach = (value: string) => FIELDS.map((name) => JSON.stringify({ [name]: value }));

/** Bodies within the limit of 256 KB that once cost seconds, or a fault of ours. */
export const HOSTILE_BODIES: Record<string, string | string[]> = {
  'marks without end, in each field': inEach(MARKS),
  'marks without end, halfwidth': JSON.stringify({ content: `#${'ﾞ'.repeat(80_000)}` }),
  'some marks, again and again': everywhere(`a${'\u0301'.repeat(29)}`.repeat(180)),
  'spaces without end': everywhere(' '.repeat(10_000)),
  'half a character': everywhere('a\ud800b'),
  'half a character in an address': JSON.stringify({ email: 'a\udfff@example.org' }),
  'half a character in a key': JSON.stringify({ '\ud800': 1 }),
  'a NUL': everywhere('a\0b'),
  'a NUL in a key': JSON.stringify({ 'a\0': 1 }),
  'unknown keys': JSON.stringify(keys(20_000)),
  'long unknown keys': JSON.stringify(
    Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${at}${'k'.repeat(5000)}`, 1])),
  ),
  'a text of many keys': FIELDS.map((name) => JSON.stringify({ [name]: keys(15_000) })),
  'a list of many': FIELDS.map((name) => JSON.stringify({ [name]: Array(50_000).fill(1) })),
  'a list of lists': FIELDS.map((name) => JSON.stringify({ [name]: Array(60_000).fill([]) })),
  'ids, too many': JSON.stringify({ chosenUserIds: Array(5000).fill(crypto.randomUUID()) }),
  'nested lists': `{"content":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  'nested objects': `${'{"content":'.repeat(5000)}1${'}'.repeat(5000)}`,
  'a list, nested': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  'numbers beyond all numbers': everywhere(0).replaceAll(':0', ':1e999'),
  'lists where texts are': everywhere(['a', 'b']),
  'objects where texts are': everywhere({ $ne: null, length: 5, toString: 1 }),
  'true where texts are': everywhere(true),
  'nothing where texts are': everywhere(null),
  'dates without end': everywhere('1'.repeat(9000)),
  'hashtags without end': everywhere('#1'.repeat(2400)),
  'one hashtag of digits': everywhere(`#${'1'.repeat(4990)}`),
  'addresses without end': JSON.stringify({
    email: `${'a.'.repeat(60_000)}@${'b.'.repeat(60_000)}`,
  }),
  'a prototype': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
  'names that objects have': '{"hasOwnProperty":1,"toString":1,"valueOf":1,"then":1,"toJSON":1}',
  'a list': '[1,2,3]',
  'a text': '"text"',
  nothing: 'null',
  'no JSON': '{"content":',
};

export const HOSTILE_QUERIES = [
  ...['q', 'cursor', 'fields', 'as', 'limit'].flatMap((name) =>
    ['%00', '%ED%A0%80', `a&${name}=b`, '__proto__', 'x'.repeat(6000)].map(
      (value) => `${name}=${value}`,
    ),
  ),
  ...['1e999', '-1', '1.5', '0x10'].map((number) => `limit=${number}`),
  'sort=%00&after=%',
  '__proto__=1',
  'constructor=1',
  'q[a]=b',
  `${'a=1&'.repeat(1500)}=`,
  `q=${'%CC%81'.repeat(1500)}`,
];

export const HOSTILE_SEGMENTS = [
  '%00',
  '%ED%A0%80',
  '%F0%9F%92%A3',
  '%E2%80%AE',
  '..%2f..%2fx',
  '__proto__',
  'constructor',
  "'%20OR%201=1",
  '1e999',
  'x'.repeat(6000),
  '%CC%81'.repeat(1500),
];

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\0', '\ud800', '\u0301'.repeat(40), 'ada@example.org', '#tag', 'ﷺ'.repeat(60)),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.uuid(),
);

/** Bodies of all shapes, with known names and others. */
export const anyBody = fc.dictionary(
  fc.oneof(fc.constantFrom(...FIELDS), fc.string({ unit: 'binary', maxLength: 10 })),
  fc.oneof(
    piece,
    fc.array(piece, { maxLength: 30 }),
    fc.object({ values: [piece], maxDepth: 12, maxKeys: 30 }),
  ),
  { maxKeys: 70 },
);
