import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, type Texts } from './compiler.ts';

const REAL = join(import.meta.dirname, '../src/lib/language.ts');
const folder = mkdtempSync(join(tmpdir(), 'echomate-messages-'));
afterAll(() => rmSync(folder, { recursive: true }));
let compiled = 0;

/** The functions made of some texts, for a reader of a language. */
async function functionsOf(
  texts: Texts,
  language = 'en',
): Promise<Record<string, (values?: object) => string>> {
  const root = join(folder, `${compiled++}`);
  mkdirSync(join(root, 'made/messages'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(root, 'language.ts'),
    `export * from '${REAL}';\nexport const language = () => '${language}';\n`,
  );
  for (const [name, code] of compile(texts)) writeFileSync(join(root, 'made', name), code);
  return import(join(root, 'made/messages.js'));
}

test('a text has its values, whatever characters it consists of', async () => {
  const m = await functionsOf({
    en: { plain: 'It\'s "quoted" \\ `$`', hello: 'Hi `${name}` ${} \\{ {count} */' },
  });
  expect(m.plain!()).toBe('It\'s "quoted" \\ `$`');
  expect(m.hello!({ name: '${Ada}', count: 12345 })).toBe('Hi `$${Ada}` ${} \\{ 12,345 */');
});

test('the number chooses the plural form', async () => {
  const m = await functionsOf({
    en: { 'likes.one': '1 like by {name}', 'likes.other': '{count} likes by {name}' },
  });
  const likes = (count: number) => m.likes!({ count, name: 'Ada' });
  expect([0, 1, 2, 1000].map(likes)).toEqual([
    '0 likes by Ada',
    '1 like by Ada',
    '2 likes by Ada',
    '1,000 likes by Ada',
  ]);
});

test('another language has its own plural forms, and English where it has no text', async () => {
  const texts = {
    en: { 'posts.one': '1 post', 'posts.other': '{count} posts', hello: 'Hi {name}', bye: 'Bye' },
    pl: {
      'posts.one': '1 post',
      'posts.few': '{count} posty',
      'posts.many': '{count} postów',
      'posts.other': '{count} posta',
      hello: 'Cześć',
    },
  };
  const m = await functionsOf(texts, 'pl');
  expect([1, 3, 5, 1.5].map((count) => m.posts!({ count }))).toEqual([
    '1 post',
    '3 posty',
    '5 postów',
    '1.5 posta',
  ]);
  expect(m.hello!({ name: 'Ada' })).toBe('Cześć');
  expect(m.bye!()).toBe('Bye');
  expect((await functionsOf(texts, 'fr')).posts!({ count: 5 })).toBe('5 posts');
});

test.each<[string, Texts]>([
  ['no form for all other numbers', { en: { 'likes.one': '1 like' } }],
  ['no plural category', { en: { 'likes.some': 'some likes', 'likes.other': 'likes' } }],
  ['a text beside plural forms', { en: { likes: 'likes', 'likes.other': 'likes' } }],
  ['no name of a function', { en: { 'more-likes': 'likes' } }],
  ['a text that English lacks', { en: {}, de: { hello: 'Hallo' } }],
  ['a value that English lacks', { en: { hello: 'Hi' }, de: { hello: 'Hallo {name}' } }],
])('%s is refused', (_what, texts) => {
  expect(() => compile(texts)).toThrow(/^\w+\.json: “/);
});

test('every text of the product is shown somewhere', () => {
  const folder = join(import.meta.dirname, '../src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const shown = new Set(Array.from(sources.matchAll(/\bm\.(\w+)/g), ([, name]) => name));
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, 'en.json'), 'utf8')) as object;
  const names = Object.keys(texts).map((key) => key.split('.', 1)[0]!);
  expect(names.filter((name) => !shown.has(name))).toEqual([]);
});
