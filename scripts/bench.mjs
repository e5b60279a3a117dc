/** `npm run bench [-- entry …]`: how close to a bare server the product is. See apps/bench/README.md. */
import { build, prepare, run } from './prepare.mjs';

await prepare();
await build();
process.exit(
  await run(process.execPath, ['apps/bench/src/main.ts', ...process.argv.slice(2)], {
    mayFail: true,
  }),
);
