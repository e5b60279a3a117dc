/**
 * Makes of messages/*.json the functions that pages call: `npx nx generate @echomate/web`. Each message becomes a module
 * of its own, so that a page loads only the texts that it shows.
 *
 * `{name}` stands for a value. Keys that end in a plural category of `Intl.PluralRules` after a dot (`likes.one`,
 * `likes.other`) are the forms of one message, chosen by its value `count`. A text that a language lacks is shown in
 * English.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const BASE = 'en';
const SOURCE = import.meta.dirname;
const TARGET = join(SOURCE, '../src/lib/generated');
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Language → key → text, as in the files. */
export type Texts = Record<string, Record<string, string>>;
/** A text, or its plural forms by category. */
type Wording = string | Record<string, string>;

const PLACEHOLDER = /\{(\w+)\}/;

/** The texts of one file, with the plural forms of a message brought together. */
function wordingsOf(file: string, texts: Record<string, string>): Map<string, Wording> {
  const wordings = new Map<string, Wording>();
  for (const [key, text] of Object.entries(texts)) {
    const [id = '', category, ...more] = key.split('.');
    const before = wordings.get(id);
    const isKnown = category === undefined || CATEGORIES.includes(category);
    if (!/^[a-z]\w*$/.test(id) || !isKnown || more.length > 0 || typeof text !== 'string')
      throw new Error(`${file}: “${key}” is not the name of a text`);
    if (before !== undefined && (category === undefined || typeof before === 'string'))
      throw new Error(`${file}: “${id}” has a text and plural forms`);
    wordings.set(id, category === undefined ? text : { ...(before as object), [category]: text });
  }
  for (const [id, wording] of wordings) {
    if (typeof wording !== 'string' && wording.other === undefined)
      throw new Error(`${file}: “${id}” has no form “other”`);
  }
  return wordings;
}

const textsOf = (wording: Wording) =>
  typeof wording === 'string' ? [wording] : Object.values(wording);

/** The values that a message needs, and of which type each is. */
function valuesOf(wording: Wording): Map<string, string> {
  const values = new Map<string, string>();
  if (typeof wording !== 'string') values.set('count', 'number');
  for (const text of textsOf(wording)) {
    for (const [index, name] of text.split(PLACEHOLDER).entries())
      if (index % 2 === 1 && !values.has(name)) values.set(name, 'string | number');
  }
  return values;
}

/** A text as JavaScript. */
function expressionOf(text: string): string {
  const parts = text.split(PLACEHOLDER);
  if (parts.length === 1) return JSON.stringify(text);
  const quoted = parts.map((part, index) =>
    index % 2 === 1 ? `\${shown(values.${part})}` : part.replace(/[\\`]|\$\{/g, '\\$&'),
  );
  return `\`${quoted.join('')}\``;
}

function functionOf(language: string, wording: Wording): string {
  const head = valuesOf(wording).size > 0 ? 'values' : '()';
  if (typeof wording === 'string') return `${head} => ${expressionOf(wording)}`;
  const forms = Object.entries(wording).map(([category, text]) =>
    category === 'other' ? '' : `case '${category}': return ${expressionOf(text)}; `,
  );
  return `${head} => { switch (category('${language}', values.count)) { ${forms.join('')}default: return ${expressionOf(wording.other!)}; } }`;
}

function moduleOf(id: string, wordings: Map<string, Wording>): string {
  const base = wordings.get(BASE)!;
  const values = [...valuesOf(base)].map(([name, type]) => `${name}: ${type}`).join(', ');
  // An `@` would begin a tag.
  const comment = textsOf(base).join(' / ').replaceAll('*/', '*\\/').replaceAll('@', '');
  const others = [...wordings].filter(([language]) => language !== BASE);
  const given = values && 'values';
  const type = `(${values && `values: { ${values} }`}) => string`;
  const own = functionOf(BASE, base);
  let body = `/** ${comment} @type {${type}} */\n`;
  if (others.length === 0) body += `export const ${id} = ${own};\n`;
  else {
    const entries = others.map(
      ([language, wording]) => `  '${language}': ${functionOf(language, wording)},\n`,
    );
    body = `/** @type {${type}} */\nconst base = ${own};\n/** @type {Record<string, ${type}>} */\nconst others = {\n${entries.join('')}};\n${body}`;
    body += `export const ${id} = (${given}) => (others[language()] ?? base)(${given});\n`;
  }
  const used = ['category', 'language', 'shown'].filter((name) => body.includes(`${name}(`));
  const imported =
    used.length > 0 ? `import { ${used.join(', ')} } from '../../language.ts';\n` : '';
  return imported + body;
}

/** File name → code of everything that is generated. */
export function compile(texts: Texts): Map<string, string> {
  const languages = new Map(
    Object.entries(texts).map(([language, own]) => [language, wordingsOf(`${language}.json`, own)]),
  );
  const base = languages.get(BASE)!;
  const files = new Map<string, string>();
  for (const [id, wording] of base) {
    const own = new Map<string, Wording>([[BASE, wording]]);
    for (const [language, wordings] of languages)
      if (wordings.has(id)) own.set(language, wordings.get(id)!);
    files.set(`messages/${id}.js`, moduleOf(id, own));
  }
  for (const [language, wordings] of languages) {
    for (const [id, wording] of wordings) {
      const known = base.has(id) && valuesOf(base.get(id)!);
      const unknown = [...valuesOf(wording).keys()].find((name) => !known || !known.has(name));
      if (!known || unknown !== undefined)
        throw new Error(`${language}.json: “${id}” has no such text or value in ${BASE}.json`);
    }
  }
  const all = [...base.keys()].map((id) => `export * from './messages/${id}.js';\n`);
  return files.set('messages.js', all.join(''));
}

const readTexts = (): Texts =>
  Object.fromEntries(
    readdirSync(SOURCE)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(join(SOURCE, name), 'utf8'))]),
  );

/** Writes what is not there yet as it should be, so that watchers notice only what has changed. */
export function generate() {
  const files = compile(readTexts());
  mkdirSync(join(TARGET, 'messages'), { recursive: true });
  for (const name of readdirSync(TARGET, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.js') && !files.has(name)) rmSync(join(TARGET, name));
  for (const [name, code] of files) {
    const path = join(TARGET, name);
    let before = '';
    try {
      before = readFileSync(path, 'utf8');
    } catch {
      // It is new.
    }
    if (code !== before) writeFileSync(path, code);
  }
}

/** Messages are current when a build or the development server starts, and follow their files in the latter. */
export const messages = (): Plugin => ({
  name: 'echomate-messages',
  buildStart: generate,
  configureServer(server) {
    server.watcher.add(SOURCE);
    server.watcher.on('all', (_event, path) => {
      if (!path.startsWith(SOURCE) || !path.endsWith('.json')) return;
      try {
        generate();
      } catch (error) {
        server.config.logger.error(String(error));
      }
    });
  },
});

if (process.argv[1] === import.meta.filename) generate();
