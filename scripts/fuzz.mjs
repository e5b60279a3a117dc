/** `npm run fuzz [-- --requests 100000 --seed 1]`: generated requests against the api's own OpenAPI document. */
import { build, prepare, run } from './prepare.mjs';

await prepare({ withTools: true });
await build();
process.exit(
  await run(process.execPath, ['apps/api/test/fuzz/main.ts', ...process.argv.slice(2)], {
    mayFail: true,
  }),
);
