/** `npm run demo`: a throw-away installation with people in it, gone when it is stopped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, prepare, say } from './prepare.mjs';

await prepare();
await build();
const folder = mkdtempSync(join(tmpdir(), 'echomate-demo-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const { serve } = await import('./serve.mjs');
const { getAcquainted, liveTogether, moveIn } = await import('@echomate/testing/move-in');
const { CAST_PASSWORD } = await import('@echomate/testing/cast');
const { url, environment } = await serve({
  DATA_DIR: folder,
  DATABASE_URL: '',
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'warn',
});
say('The cast moves in …');
const people = await moveIn(environment.API_ORIGIN);
await getAcquainted(environment.API_ORIGIN, people);
await liveTogether(environment.API_ORIGIN, people);
console.log(
  `\n  The demo is ready: \x1b[1m${url}\x1b[0m   (Ctrl-C stops it and forgets everything)\n`,
);
for (const { firstName, lastName, email } of people)
  console.log(`  ${email.padEnd(22)} ${firstName} ${lastName}`);
console.log(`\n  Everyone's password: ${CAST_PASSWORD}\n`);
