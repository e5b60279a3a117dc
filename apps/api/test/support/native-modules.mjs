import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

/**
 * A transformer for everything but the tests themselves: Node loads the built api, the libraries and the packages, once
 * for all files of a worker, and tests see what they export. Jest would evaluate some 2,000 modules anew for each file.
 */
const api = join(import.meta.dirname, '../..');
const requireNatively = createRequire(import.meta.url);

/** @param {string} path */
function built(path) {
  const source = relative(join(api, 'src'), path);
  return source.startsWith('..') ? path : join(api, 'dist', source.replace(/\.ts$/, '.js'));
}

/**
 * Jest transforms what its global set-up requires, too. There, dynamic imports are not supported: nothing is replaced.
 *
 * @param {string} source
 * @param {string} path
 * @param {{ supportsDynamicImport: boolean, supportsStaticESM: boolean }} supported
 */
function exportsOf(source, path, { supportsDynamicImport, supportsStaticESM }) {
  if (!supportsDynamicImport) return source;
  const file = built(path);
  const exported = requireNatively(file);
  const names = Object.keys(exported)
    .filter((name) => /^(?!default$)[\w$]+$/.test(name))
    .join(', ');
  const native = `requireNatively(${JSON.stringify(file)})`;
  // What a CommonJS module exports is read from its text.
  if (!supportsStaticESM)
    return `module.exports = ${native}; 0 && (module.exports = { ${names} });`;
  return `const native = ${native};
    export const { ${names} } = native;
    export default native.default;`;
}

export default {
  canInstrument: false,
  /** @param {Parameters<typeof exportsOf>} asked */
  process: (...asked) => ({ code: exportsOf(...asked) }),
  /** @param {Parameters<typeof exportsOf>} asked */
  getCacheKey: (...asked) =>
    createHash('sha256')
      .update(exportsOf(...asked))
      .digest('hex'),
};
