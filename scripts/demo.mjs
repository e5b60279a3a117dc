/** `npm run demo`: a temporary installation where the cast has lived for months, deleted when it is stopped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, prepare, say } from './prepare.mjs';

await prepare();
await build();
const folder = mkdtempSync(join(tmpdir(), 'echomate-demo-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const { copyCastInto, printCast } = await import('./cast.mjs');
const { serve } = await import('./serve.mjs');
say('The cast moves in …');
await copyCastInto(folder);
const { url } = await serve({
  DATA_DIR: folder,
  DATABASE_URL: '',
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'warn',
});
console.log(
  `\n  The demo is ready: \x1b[1m${url}\x1b[0m   (press Ctrl+C to stop; nothing is kept)\n`,
);
printCast();
