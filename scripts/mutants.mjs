/**
 * `npm run mutants`: whether the access matrix notices each condition of the rule that is forced to be true, or
 * false. Takes some minutes; `MUTANTS_OF=group.access,post.access` tries some files only.
 */
import { join } from 'node:path';
import { build, prepare, root, run } from './prepare.mjs';

await prepare({ withTools: true });
await build();
process.exit(
  await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      join(root, 'node_modules/jest/bin/jest.js'),
      ...['--config', 'jest.mutants.config.mjs', ...process.argv.slice(2)],
    ],
    { cwd: 'apps/api', env: { ...process.env, TEST_DATABASE: 'sqlite' }, mayFail: true },
  ),
);
