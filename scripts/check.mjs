/** `npm run check`: format, lint, boundaries and types; what did not change is not checked again. */
import { prepare, run } from './prepare.mjs';

await prepare();
const format = await run('prettier', ['--check', '--cache', '--log-level=warn', '.'], {
  mayFail: true,
});
const rest = await run(
  'nx',
  ['run-many', '-t', 'lint', 'boundaries', 'types', 'check', '--outputStyle=static'],
  {
    mayFail: true,
  },
);
process.exit(format || rest);
