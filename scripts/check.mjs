/**
 * `npm run check`: format, lint, boundaries and types; unchanged projects come from the cache. With `-- --affected`
 * only what differs from main, or from the branch that NX_BASE names.
 */
import { prepare, run } from './prepare.mjs';

await prepare({ withTools: true });
const which = process.argv.includes('--affected') ? 'affected' : 'run-many';
const format = await run('prettier', ['--check', '--cache', '--log-level=warn', '.'], {
  mayFail: true,
});
const rest = await run(
  'nx',
  [which, '-t', 'lint', 'boundaries', 'types', 'check', '--outputStyle=static'],
  { mayFail: true },
);
process.exit(format || rest);
