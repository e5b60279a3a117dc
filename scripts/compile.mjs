/** Run in a project: compiles src to dist with SWC. Types are checked apart from this, by `tsc`. */
import { transformFile } from '@swc/core';
import { glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

await rm('dist', { recursive: true, force: true });
const files = await Array.fromAsync(
  glob('src/**/*.ts', { exclude: (name) => name.endsWith('.spec.ts') }),
);
await Promise.all(
  files.map(async (file) => {
    const target = join('dist', file.slice('src/'.length).replace(/\.ts$/, '.js'));
    const { code, map } = await transformFile(file, {
      sourceMaps: true,
      swcrc: true,
      configFile: join(import.meta.dirname, '../.swcrc'),
    });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${code}//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
    await writeFile(`${target}.map`, map);
  }),
);
