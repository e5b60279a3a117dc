/** `npm run bench [-- entry …]`: compares the product with a bare server. See apps/bench/README.md. */
import { build, prepare, run } from './prepare.mjs';

await prepare({ withTools: true });
await build();
process.exit(
  await run(process.execPath, ['apps/bench/src/main.ts', ...process.argv.slice(2)], {
    mayFail: true,
  }),
);
