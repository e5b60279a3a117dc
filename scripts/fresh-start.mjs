/**
 * `npm run fresh-start [-- REVISION …] [--rounds 2]`: how long `npm start` takes from a new clone to the first page, and
 * how large `node_modules` is then. Revisions (HEAD, unless others are named) take turns. Npm starts without a cache, so
 * that everything is downloaded. Node 20 must be able to run this file.
 */
import { execFileSync, spawn } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '1' } },
});
const [PORT, API_PORT] = ['3918', '4918'];
const PATIENCE_MS = 15 * 60_000;

/** @param {string} revision */
async function measure(revision) {
  const folder = mkdtempSync(join(tmpdir(), 'echomate-fresh-'));
  const clone = join(folder, 'clone');
  const before = performance.now();
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
  execFileSync('git', ['checkout', '--quiet', '--detach', revision], { cwd: clone });
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...process.env, PORT, API_PORT, npm_config_cache: join(folder, 'cache') },
    stdio: ['ignore', 'ignore', 'inherit'],
    // A group of its own, all of which can be ended.
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    while (!(await fetch(`http://localhost:${PORT}/login`).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error(`npm start failed at ${revision}`);
      if (performance.now() - before > PATIENCE_MS) throw new Error('The first page does not come');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const seconds = (performance.now() - before) / 1000;
    return { seconds, megabytes: sizeOf(clone) / 1e6 };
  } finally {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What the `node_modules` of a clone take on the disk; what is linked twice counts once.
 *
 * @param {string} clone
 */
function sizeOf(clone) {
  const seen = new Set();
  let bytes = 0;
  const add = (/** @type {string} */ path) => {
    const { ino, blocks } = lstatSync(path);
    if (seen.has(ino)) return;
    seen.add(ino);
    bytes += blocks * 512;
  };
  for (const entry of readdirSync(clone, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (`${path}/`.includes('/node_modules/')) add(path);
  }
  return bytes;
}

const revisions = positionals.length > 0 ? positionals : ['HEAD'];
/** A branch may move meanwhile. @type {[string, string][]} */
const named = revisions.map((revision) => [
  revision,
  execFileSync('git', ['rev-parse', '--short', `${revision}^{commit}`], { cwd: root })
    .toString()
    .trim(),
]);
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const [name, revision] of named) {
    const { seconds, megabytes } = await measure(revision);
    console.log(`${name} (${revision}): ${seconds.toFixed(0)} s, ${megabytes.toFixed(0)} MB`);
  }
}
