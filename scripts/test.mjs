/**
 * `npm test`: everything, from a fresh clone. The last line counts all tests; none of them comes from a cache.
 * `npm run affected`: the checks and tests of what differs from main, or from the branch that NX_BASE names.
 * Tests that passed on the same files are counted from Nx's cache. Node 20 must be able to load this file.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, prepare, run, say } from './prepare.mjs';

await prepare({ withTools: true });
const isAffected = process.argv.includes('--affected');
const TARGETS = ['test', 'test-sqlite', 'test-postgres', 'e2e', 'e2e-two-processes'];
const counts = { passed: 0, failed: 0, skipped: 0 };

await build();
say('Checking format, lint, boundaries and types …');
const checks = await run(
  process.execPath,
  ['scripts/check.mjs', ...(isAffected ? ['--affected'] : [])],
  { mayFail: true },
);

say('Testing …');
const projects = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(folder).map((name) => join(folder, name)),
);
const reports = () =>
  projects
    .flatMap((project) => TARGETS.map((target) => join(project, 'test-results', `${target}.json`)))
    .filter((file) => existsSync(file));
for (const report of reports()) rmSync(report);
const tests = await run(
  'nx',
  [
    ...(isAffected ? ['affected'] : ['run-many', '--skip-nx-cache', '--excludeTaskDependencies']),
    ...['-t', ...TARGETS],
    ...['--parallel=2', '--outputStyle=stream'],
  ],
  { mayFail: true },
);
for (const file of reports()) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (report.stats) {
    const { expected, flaky, unexpected, skipped } = report.stats;
    count(expected + flaky, unexpected, skipped);
  } else count(report.numPassedTests, report.numFailedTests, report.numPendingTests);
  for (const failure of failures(report)) say(`Failed in ${file}: ${failure}`);
  for (const title of secondTries(report))
    say(`Passed at the second try only, in ${file}: ${title}`);
}

if (checks !== 0) say('The checks of format, lint, boundaries and types failed; see above.');
if (tests !== 0 && counts.failed === 0) say('Some tests could not run; see above.');
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = checks || tests || counts.failed ? 1 : 0;

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 */
function count(passed, failed, skipped) {
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
}

/**
 * What failed in a report of Jest or Playwright, each with the beginning of its message: whoever reads only the end of
 * a long log learns it.
 *
 * @param {any} report
 * @returns {string[]}
 */
function failures(report) {
  if (!report.stats)
    return report.testResults.flatMap((/** @type {any} */ file) => {
      const failed = file.assertionResults.filter(
        (/** @type {any} */ { status }) => status === 'failed',
      );
      if (failed.length === 0 && file.status === 'failed')
        return [`${file.name}\n${beginning(file.message)}`];
      return failed.map(
        (/** @type {any} */ test) =>
          `${test.fullName}\n${beginning(test.failureMessages[0] ?? '')}`,
      );
    });
  return report.suites
    .flatMap(stories)
    .filter((/** @type {any} */ story) => !story.ok)
    .map((/** @type {any} */ story) => {
      const result = story.tests.at(-1)?.results.at(-1);
      return `${story.title}\n${beginning(result?.error?.message ?? '')}`;
    });
}

/**
 * Stories of Playwright that failed once and then passed: each hides a race, of the story or of the product.
 *
 * @param {any} report
 * @returns {string[]}
 */
function secondTries(report) {
  return (report.stats ? report.suites.flatMap(stories) : [])
    .filter((/** @type {any} */ { tests }) => tests.at(-1)?.status === 'flaky')
    .map((/** @type {any} */ { title }) => title);
}

/**
 * @param {any} suite
 * @returns {any[]}
 */
function stories(suite) {
  return [...(suite.suites ?? []).flatMap(stories), ...(suite.specs ?? [])];
}

/** @param {string} message */
function beginning(message) {
  return message.split('\n').slice(0, 12).join('\n');
}
