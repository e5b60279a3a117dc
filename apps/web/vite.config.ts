import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defaultClientConditions, defaultServerConditions, defineConfig } from 'vite';
import { emoji } from './emoji.ts';
import { icons } from './icons.ts';
import { messages } from './messages/compiler.ts';

/** The one style attribute of SvelteKit itself, which hides its announcer of page titles. */
const announcerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

const apiOrigin = process.env.API_ORIGIN ?? 'http://127.0.0.1:4000';

/**
 * Each group is one file with all that its modules import, so that a page of posts comes in a dozen files instead of
 * seventy. What an earlier group holds is in no later one; what is imported on first use stays apart. SvelteKit sets its
 * payload before it loads the rest.
 *
 * Tiny modules that pages share, such as single texts, come together with others that nearly the same pages share: a file of
 * its own for each took longer to ask for than to load. With larger ones, pages would load much that is not theirs.
 */
const SCRIPTS = [
  { name: 'payload', test: /kit\/src\/runtime\/client\/payload\.js$/ },
  {
    name: 'start',
    test: /kit\/src\/runtime\/client\/client-entry\.js$|\/routes\/\+(layout|error)\.svelte$/,
  },
  { name: 'frame', test: /\/routes\/\(app\)\/\+(layout|error)\.svelte$/ },
  { name: 'posts', test: /\/features\/(posts\/card\/post-list|feed\/home)\.svelte$/ },
  {
    name: 'shared',
    minShareCount: 2,
    maxModuleSize: 600,
    entriesAware: true,
    entriesAwareMergeThreshold: 6_000,
  },
];

/** Lets vite read libs/contracts from its sources, so that nothing has to be built first. */
const sourceCondition = '@echomate/source';

export default defineConfig({
  plugins: [
    messages(),
    tailwindcss(),
    icons(),
    emoji(),
    sveltekit({
      adapter: adapter(),
      // The service worker shows one page at any address.
      paths: { relative: false },
      // The page registers it once it has settled.
      serviceWorker: { register: false },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', announcerStyle],
          'img-src': ['self', 'blob:', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  environments: {
    client: { build: { rolldownOptions: { output: { codeSplitting: { groups: SCRIPTS } } } } },
  },
  resolve: { conditions: [sourceCondition, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [sourceCondition, ...defaultServerConditions] } },
  server: {
    port: 3000,
    proxy: {
      '/api': { target: apiOrigin, xfwd: true },
      '/socket.io': { target: apiOrigin, ws: true, xfwd: true },
    },
  },
});
