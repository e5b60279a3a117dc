/** `npm test`: everything, from a fresh clone. The last line counts all tests. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, prepare, root, run, say } from './prepare.mjs';

await prepare();
await build();
const { providePostgres } = await import('./postgres.mjs');

const reports = mkdtempSync(join(tmpdir(), 'echomate-reports-'));
const counts = { passed: 0, failed: 0, skipped: 0 };
let isSound = true;

say('Checking format, lint, boundaries and types …');
const checks = await run(process.execPath, ['scripts/check.mjs'], { mayFail: true });
if (checks !== 0) isSound = false;

const postgres = await providePostgres();
try {
  await jest('web', 'the web’s own logic', 'apps/web');
  await jest('sqlite', 'the api on SQLite', 'apps/api', { TEST_DATABASE: 'sqlite' });
  await jest('postgres', 'the api on PostgreSQL', 'apps/api', {
    TEST_DATABASE: 'postgres',
    TEST_POSTGRES_URL: postgres.url,
  });
  await playwright();
} finally {
  await postgres.stop();
  rmSync(reports, { recursive: true, force: true });
}

if (checks !== 0) say('The checks of format, lint, boundaries and types failed; see above.');
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = isSound && counts.failed === 0 ? 0 : 1;

async function jest(name, what, cwd, environment) {
  say(`Testing ${what} …`);
  const report = join(reports, `${name}.json`);
  const code = await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--json',
      `--outputFile=${report}`,
    ],
    {
      cwd,
      env: { ...process.env, ...environment },
      mayFail: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = read(report);
  count(numPassedTests, numFailedTests, numPendingTests);
  if (code !== 0 || numFailedTestSuites > 0) isSound = false;
}

async function playwright() {
  say('Testing in the browser …');
  const report = join(reports, 'browser.json');
  const code = await run('playwright', ['test', '--reporter=list,json'], {
    cwd: 'apps/e2e',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    mayFail: true,
  });
  const { stats } = read(report);
  count(stats.expected + stats.flaky, stats.unexpected, stats.skipped);
  if (code !== 0) isSound = false;
}

function count(passed, failed, skipped) {
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
}

function read(report) {
  return JSON.parse(readFileSync(report, 'utf8'));
}
