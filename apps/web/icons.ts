import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const IMPORTED = /@lucide\/svelte\/icons\/([a-z0-9-]+)/g;
const DATA = /const iconData = (\{.*\});/;

const lucide = join(dirname(fileURLToPath(import.meta.resolve('@lucide/svelte'))), 'icons');

type Node = [element: string, attributes: Record<string, string>];

/** Some names are other names of the same icon. */
const nodesOf = (name: string): Node[] => {
  const module = readFileSync(join(lucide, `${name}.js`), 'utf8');
  const file = /from "\.\/([a-z0-9-]+\.svelte)"/.exec(module)![1]!;
  const data = DATA.exec(readFileSync(join(lucide, file), 'utf8'));
  if (!data) throw new Error(`The icon "${name}" is not written as it used to be.`);
  return (JSON.parse(data[1]!) as { node: Node[] }).node;
};

const drawn = ([element, attributes]: Node) =>
  `<${element} ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')}/>`;

/** Those that are shown filled too. */
const FILLED = ['heart'];

const shape = (name: string, fill: 'none' | 'black') => {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${fill}" stroke="black" ` +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${nodesOf(name).map(drawn).join('')}</svg>`;
  // Short, and enough for a quoted URL.
  const encoded = svg.replaceAll('"', "'").replace(/[<>#%]/g, encodeURIComponent);
  return `--icon:url("data:image/svg+xml,${encoded}")`;
};

const styles = (root: string) => {
  const used = globSync('src/**/*.{svelte,ts}', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(IMPORTED)].map(([, name]) => name!));
  return [
    ...[...new Set(used)].sort().map((name) => `.i-${name}{${shape(name, 'none')}}`),
    ...FILLED.map((name) => `.i-${name}.filled{${shape(name, 'black')}}`),
  ].join('\n');
};

const component = (name: string) =>
  `<script>let { class: classes = '' } = $props();</script>
<i class={['icon i-${name}', classes]}></i>`;

const STYLES = 'src/icons.css';

/**
 * Icons are one empty element each, masked with a shape that stands once in the style sheet, where Lucide's components
 * would build them node by node: a page of posts has over a hundred. Imports and types stay those of `@lucide/svelte`.
 */
export const icons = (): Plugin[] => {
  let root = '';
  const isOurs = (id: string) => id.startsWith(`${root}/icons/`);
  const shapes: Plugin = {
    name: 'echomate:icons',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    resolveId: {
      filter: { id: /^@lucide\/svelte\/icons\// },
      // The search for dependencies reads files, and these are none.
      handler: (id, _importer, options) =>
        'scan' in options && options.scan ? id : `${root}/icons/${id.split('/').at(-1)}.svelte`,
    },
    load: {
      filter: { id: /\/icons\/[a-z0-9-]+\.svelte$|\/src\/icons\.css$/ },
      handler(id) {
        if (id === join(root, STYLES)) return styles(root);
        const name = id.split('/').at(-1)!.slice(0, -'.svelte'.length);
        return isOurs(id) ? component(name) : null;
      },
    },
    // An icon may be new.
    hotUpdate({ modules }) {
      const known = this.environment.moduleGraph.getModuleById(join(root, STYLES));
      return known ? [...modules, known] : modules;
    },
  };
  /** Nobody debugs an icon, and a source map would name a file that is not there. */
  const withoutMaps: Plugin = {
    name: 'echomate:icons-without-maps',
    enforce: 'post',
    transform: {
      filter: { id: /\/icons\/[a-z0-9-]+\.svelte$/ },
      handler: (code, id) => (isOurs(id) ? { code, map: { mappings: '' } } : null),
    },
  };
  return [shapes, withoutMaps];
};
