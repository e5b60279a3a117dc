import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { icons as lucide } from '@iconify-json/lucide';
import type { Plugin } from 'vite';

const IMPORTED = /'#icons\/([\w-]+)'/g;

/** Some names are other names of the same icon. */
const bodyOf = (name: string) => {
  const found = lucide.icons[lucide.aliases?.[name]?.parent ?? name];
  if (!found) throw new Error(`Lucide has no icon "${name}".`);
  return found.body;
};

/** Those that are shown filled too. */
const FILLED = ['heart'];

const shape = (body: string) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${body}</svg>`;
  // Short, and enough for a quoted URL.
  const encoded = svg.replaceAll('"', "'").replace(/[<>#%]/g, encodeURIComponent);
  return `--icon:url("data:image/svg+xml,${encoded}")`;
};

const styles = (root: string) => {
  const used = globSync('src/**/*.{svelte,ts}', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(IMPORTED)].map(([, name]) => name!));
  return [
    ...[...new Set(used)].sort().map((name) => `.i-${name}{${shape(bodyOf(name))}}`),
    ...FILLED.map(
      (name) =>
        `.i-${name}.filled{${shape(bodyOf(name).replaceAll('fill="none"', 'fill="currentColor"'))}}`,
    ),
  ].join('\n');
};

const component = (name: string) =>
  `<script>let { class: classes = '' } = $props();</script>
<i class={['icon i-${name}', classes]}></i>`;

const STYLES = 'src/icons.css';

/**
 * Icons are one empty element each, masked with a shape that stands once in the style sheet, where Lucide's components
 * would build them node by node: a page of posts has over a hundred. A name that Lucide does not have ends the build.
 */
export const icons = (): Plugin[] => {
  let root = '';
  const isOurs = (id: string) => id.startsWith(`${root}/icons/`);
  const masks: Plugin = {
    name: 'echomate:icons',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    resolveId: {
      filter: { id: /^#icons\// },
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
  return [masks, withoutMaps];
};
