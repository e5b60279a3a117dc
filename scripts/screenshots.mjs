/**
 * `npm run screenshots`: every page, full, empty and failing, on a phone and wide, light and dark, in a new folder below
 * `screenshots`, with an index.html that shows them side by side. `-- --against FOLDER` shows an earlier run beside it,
 * `-- --only NAME` takes only the pages with this in their names.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, prepare, run, say } from './prepare.mjs';

const { against, only = '' } = parseArgs({
  options: { against: { type: 'string' }, only: { type: 'string' } },
}).values;
const earlier = against && resolve(against);

await prepare({ withTools: true });
await build();
const folder = resolve('screenshots', new Date().toISOString().slice(0, 19).replaceAll(':', '-'));
mkdirSync(folder, { recursive: true });
const code = await run('playwright', ['test', '--config', 'screenshots.config.ts'], {
  cwd: 'apps/e2e',
  env: { ...process.env, SCREENSHOTS: folder, ONLY: only },
  mayFail: true,
});
writeFileSync(join(folder, 'index.html'), page());
say(`Look at ${relative('', join(folder, 'index.html'))}`);
process.exitCode = code;

function page() {
  /** Name of a page → its files. @type {Map<string, string[]>} */
  const files = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.png'))) {
    const [name = ''] = file.split('--');
    files.set(name, [...(files.get(name) ?? []), file]);
  }
  const sections = [...files].map(
    ([name, own]) =>
      `<section><h2>${name}</h2><div>${own.sort().map(figure).join('')}</div></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screenshots</title>
<style>
  body { font: 16px system-ui; margin: 2rem; background: #ddd; color: #222 }
  section > div { display: flex; gap: 1.5rem; overflow-x: auto; align-items: start }
  figure { margin: 0; flex: none } figcaption { padding: .3rem 0 } .changed { font-weight: bold; color: #b00 }
  img { display: block; height: 70vh; object-fit: contain; object-position: top; background: #fff }
  .pair { display: flex; gap: .5rem } .difference { position: relative; background: #000; isolation: isolate }
  .difference img + img { position: absolute; inset: 0; mix-blend-mode: difference }
</style><h1>Screenshots</h1>${sections.join('')}</html>
`;
}

/** @param {string} file */
function figure(file) {
  const [, caption = ''] = file.replace('.png', '').split('--');
  const image = (/** @type {string} */ path) =>
    `<img loading="lazy" alt="" src="${encodeURI(path)}">`;
  if (!earlier) return `<figure>${image(file)}<figcaption>${caption}</figcaption></figure>`;
  const before = join(earlier, file);
  /** @type {Buffer | undefined} */
  let was;
  try {
    was = readFileSync(before);
  } catch {
    return `<figure>${image(file)}<figcaption class="changed">${caption}: new</figcaption></figure>`;
  }
  if (was.equals(readFileSync(join(folder, file))))
    return `<figure>${image(file)}<figcaption>${caption}: the same</figcaption></figure>`;
  const old = image(relative(folder, before));
  return `<figure><div class="pair">${old}${image(file)}<div class="difference">${old}${image(file)}</div></div>
    <figcaption class="changed">${caption}: before, now, what differs</figcaption></figure>`;
}
