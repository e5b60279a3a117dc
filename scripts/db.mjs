/** `npm run db -- migrate | revert | status | reindex | verify-log | reset-second-factors EMAIL | seed` */
import { existsSync } from 'node:fs';
import { build, prepare, run, say } from './prepare.mjs';

await prepare();
await build();
if (existsSync('.env')) process.loadEnvFile('.env');
const [command, ...others] = process.argv.slice(2);
if (command === 'seed') await seed();
else
  process.exitCode = await run(
    process.execPath,
    ['apps/api/dist/database/cli.js', ...(command ? [command] : []), ...others],
    { mayFail: true },
  );

async function seed() {
  const { moveCastIn, printCast } = await import('./cast.mjs');
  say('The cast moves in …');
  try {
    await moveCastIn(process.env);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SeedRefused') throw error;
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  console.log('\n  The cast has lived here for months. `npm start` shows it.\n');
  printCast();
}
