/** `npm run fuzz [-- --requests 100000 --seed 1]`: made-up requests against the api's own document. */
import { build, prepare, run } from './prepare.mjs';

await prepare();
await build();
process.exit(
  await run(process.execPath, ['apps/api/test/fuzz/main.ts', ...process.argv.slice(2)], {
    mayFail: true,
  }),
);
