/**
 * `npm run lighthouse`: landing, feed, profile and post page of the demo, on a phone and wide. Prints the four categories
 * and how far the page shifts, writes reports to `apps/e2e/test-results/lighthouse`, and exits with 1 if a category is
 * below 95 or a page shifts by more than 0.02. `-- --only NAME` takes only the pages with this in their names.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, prepare, root, run, say } from './prepare.mjs';

const { only = '' } = parseArgs({ options: { only: { type: 'string' } } }).values;

await prepare({ withTools: true });
const lighthouse = join(root, 'apps/e2e/lighthouse');
if (!existsSync(join(lighthouse, 'node_modules/.package-lock.json'))) {
  say('Installing Lighthouse (once; a minute or so) …');
  await run('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: lighthouse });
}
await build();
process.exitCode = await run('playwright', ['test', '--config', 'lighthouse.config.ts'], {
  cwd: 'apps/e2e',
  env: { ...process.env, ONLY: only },
  mayFail: true,
});
