/** `npm run db -- migrate | revert | status` */
import { existsSync } from 'node:fs';
import { build, prepare, run } from './prepare.mjs';

await prepare();
await build();
if (existsSync('.env')) process.loadEnvFile('.env');
process.exit(
  await run(process.execPath, ['apps/api/dist/database/cli.js', ...process.argv.slice(2)], {
    mayFail: true,
  }),
);
