/** `npm start`: the whole product, from a fresh clone, with everything it needs. */
import { existsSync } from 'node:fs';
import { build, prepare, say } from './prepare.mjs';

await prepare();
await build();
if (existsSync('.env')) process.loadEnvFile('.env');
const { serve } = await import('./serve.mjs');
say('Starting …');
const { url } = await serve();
console.log(`\n  Echomate is ready: \x1b[1m${url}\x1b[0m   (press Ctrl+C to stop)\n`);
