import fc, { type Arbitrary } from 'fast-check';
import type { Declared, Operation, Schema } from '../support/declared.ts';
import {
  nastyText,
  nastyValue,
  rightValue,
  Slot,
  slot,
  wrongBody,
  type Resolve,
} from './values.ts';

/** A generated request; its slots are filled when it is sent. */
export interface MadeUp {
  operation: Operation;
  method: string;
  /** 0 is nobody */
  viewer: number;
  /** For every parameter of the path */
  path: unknown[];
  query: [string, unknown][];
  headers: Record<string, string>;
  body: { kind: 'none' | 'json' | 'text' | 'file'; value?: unknown; name?: string };
}

/** In whose collection the ids of a path are: the word before them. */
export const kindOfParameter = (path: string, name: string): string =>
  collectionOf(path.split(`/{${name}}`)[0]!);

const SAME: Record<string, string> = {
  ...Object.fromEntries(
    ['followers', 'following', 'mutuals', 'likes', 'blocks', 'mutes', 'people', 'me']
      .concat('follow-requests', 'audience')
      .map((word) => [word, 'users']),
  ),
  ...Object.fromEntries(['feed', 'share', 'shares', 'mentions'].map((word) => [word, 'posts'])),
  replies: 'comments',
};

/** What kind of thing a list holds, or a route makes. */
export function collectionOf(path: string): string {
  const word = path.split('/').findLast((part) => part && !part.startsWith('{'))!;
  return SAME[word] ?? word;
}

const hostileHeaders: Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-origin' },
      { 'X-Forwarded-For': "1.2.3.4, ' OR 1=1" },
      { Forwarded: 'for=unknown' },
      { Range: 'bytes=0-0' },
      { Range: 'bytes=-5' },
      { Range: 'bytes=5-1' },
      { Range: 'bytes=99999999999999999999-' },
      { Range: 'items=0-1,2-3' },
      { 'If-None-Match': '*' },
      { 'If-Modified-Since': 'Thu, 01 Jan 2099 00:00:00 GMT' },
      { 'If-Range': '"x"', Range: 'bytes=0-1' },
      { Accept: 'text/html' },
      { 'Accept-Encoding': 'br' },
      { Authorization: 'Bearer x' },
      { Cookie: 'echomate_session=s%3Ax.y' },
      { Cookie: 'echomate_session=%00; a=%E0%A4%A' },
      { 'User-Agent': 'x'.repeat(4000) },
      { 'User-Agent': '' },
      { Expect: '100-continue' },
      { 'X-HTTP-Method-Override': 'DELETE' },
    ),
  },
);

const keys = fc.oneof(
  fc.constantFrom('one', 'two', 'three', '', ' ', 'x'.repeat(100), 'x'.repeat(101), '\u00ff'),
  fc.uuid(),
);

const types = fc.constantFrom(
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/json; charset=klingon',
  'application/json;;',
  'application/vnd.api+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'x',
);

const texts = fc.constantFrom(
  '',
  '{',
  '[]',
  'null',
  '"x"',
  '{"a":1}',
  '--x--',
  '\0',
  'a=b',
  '{"__proto__":{"a":1}}',
  // Too deep for any recursive walk.
  '['.repeat(5000) + ']'.repeat(5000),
  '{"a":'.repeat(2000) + '1' + '}'.repeat(2000),
);

export function requestsOf(declared: Declared): Arbitrary<MadeUp> {
  const schemas = (declared.document.components?.schemas ?? {}) as Record<string, Schema>;
  const resolve: Resolve = (schema) =>
    schema.$ref ? resolve(schemas[schema.$ref.split('/').at(-1)!]!) : schema;
  return fc.oneof(...declared.operations.map((operation) => requestTo(operation, resolve)));
}

function requestTo(operation: Operation, resolve: Resolve): Arbitrary<MadeUp> {
  const { method, path, parameters } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const rightPath =
    inPath.length > 1
      ? slot(`urls of ${operation.operationId}`).map((url) => [url])
      : fc.tuple(...inPath.map((name) => slot(kindOfParameter(path, name))));
  const wrongPath = fc.tuple(...inPath.map(() => nastyText));
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const rightQuery = fc
    .tuple(
      ...query.map(({ name, schema, required }) => {
        const pair = rightValue(name, schema, resolve).map((value): [string, unknown] => [
          name,
          value,
        ]);
        return required ? pair : fc.option(pair, { nil: null, freq: 2 });
      }),
    )
    .map((pairs) => pairs.filter((pair) => pair !== null));
  const names = fc.constantFrom('limit', 'cursor', 'fields', 'q', '__proto__', 'limit[]', '');
  const wrongQuery = fc.array(
    fc.tuple(
      query.length ? fc.oneof(fc.constantFrom(...query.map(({ name }) => name)), names) : names,
      fc.oneof(nastyText, fc.constantFrom('1', '100', '101', 'id', 'id,id', '1.5')),
    ),
    { minLength: 1, maxLength: 4 },
  );
  const isRepeatable = parameters.some(({ name }) => name === 'Idempotency-Key');
  const headers = isRepeatable
    ? fc
        .tuple(hostileHeaders, fc.option(keys, { nil: undefined }))
        .map(([all, key]) => (key === undefined ? all : { ...all, 'Idempotency-Key': key }))
    : hostileHeaders;
  const { right, wrong } = bodiesOf(operation, resolve);
  const methods =
    method === 'get' ? fc.constantFrom(...Array<string>(15).fill('GET'), 'HEAD') : undefined;
  const parts = {
    operation: fc.constant(operation),
    method: methods ?? fc.constant(method.toUpperCase()),
    viewer: fc.constantFrom(0, 1, 1, 1, 2, 2, 3, 4),
  };
  const fine = fc.record({
    ...parts,
    path: rightPath as Arbitrary<unknown[]>,
    query: rightQuery,
    headers: isRepeatable ? fc.uuid().map((key) => ({ 'Idempotency-Key': key })) : fc.constant({}),
    body: right,
  });
  const nearly = fc.record({
    ...parts,
    path: fc.oneof(
      { weight: 4, arbitrary: rightPath as Arbitrary<unknown[]> },
      { weight: 1, arbitrary: wrongPath as Arbitrary<unknown[]> },
    ),
    query: fc.oneof(rightQuery, wrongQuery),
    headers,
    body: fc.oneof({ weight: 1, arbitrary: right }, { weight: 4, arbitrary: wrong }),
  });
  return fc.oneof(fine, nearly);
}

type Body = MadeUp['body'];

function bodiesOf({ method, requestBody }: Operation, resolve: Resolve) {
  const none: Arbitrary<Body> = fc.constant({ kind: 'none' });
  const odd: Arbitrary<Body> = fc
    .tuple(types, texts)
    .map(([name, value]) => ({ kind: 'text', name, value }));
  if (method === 'get') return { right: none, wrong: fc.oneof(none, none, none, odd) };
  const json = requestBody?.content['application/json'];
  const form = requestBody?.content['multipart/form-data'];
  const anyJson: Arbitrary<Body> = nastyValue.map((value) => ({ kind: 'json', value }));
  if (!json && !form) return { right: none, wrong: fc.oneof(none, odd, anyJson) };
  const file = (name: string): Arbitrary<Body> =>
    slot('files').map((value) => ({ kind: 'file', name, value }));
  if (!json)
    return {
      right: file('file'),
      wrong: fc.oneof(none, odd, anyJson, file('other'), file(''), file('__proto__')),
    };
  const rightJson = rightValue('', json.schema, resolve);
  const asBody = (value: unknown): Body => ({ kind: 'json', value });
  return {
    right: rightJson.map(asBody),
    wrong: fc.oneof(
      { weight: 12, arbitrary: wrongBody(rightJson).map(asBody) },
      { weight: 1, arbitrary: odd },
      { weight: 1, arbitrary: none },
      { weight: 1, arbitrary: anyJson },
      ...(form ? [{ weight: 2, arbitrary: file('avatar') }] : []),
    ),
  };
}

export const isSlot = (value: unknown): value is Slot => value instanceof Slot;
