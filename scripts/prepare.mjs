/**
 * What every command needs first, from a fresh clone and on whatever Node runs it: the packages, the pinned Node, a
 * current build. Does and prints only what is missing. Node 20 must be able to run this file.
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** @param {string[]} path */
const at = (...path) => join(root, ...path);
const pinnedNode = at('node_modules/.bin/node');
/** What starting needs; checks, tests and measurements have theirs in the root's package.json and elsewhere. */
const STARTING = [
  'apps/api',
  'apps/web',
  'libs/contracts',
  'libs/intake',
  'libs/testing',
  'scripts',
];

/** @param {string} text */
export const say = (text) => console.log(`\x1b[2m› ${text}\x1b[0m`);

/**
 * Packages installed and the pinned Node running: call it before anything else.
 *
 * @param {{ withTools?: boolean }} options `withTools`: also what checks, tests and measures
 */
export async function prepare({ withTools = false } = {}) {
  await install(withTools);
  process.env.PATH = `${at('node_modules/.bin')}:${process.env.PATH}`;
  process.env.NX_DAEMON ??= 'false';
  process.chdir(root);
  if (runsPinnedNode()) return;
  const child = spawn(pinnedNode, process.argv.slice(1), { stdio: 'inherit' });
  // The terminal sends Ctrl-C to the child too; SIGTERM is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exit(await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1))));
}

function runsPinnedNode() {
  if (existsSync(pinnedNode)) {
    const manifest = join(dirname(realpathSync(pinnedNode)), '../package.json');
    return process.version === `v${JSON.parse(readFileSync(manifest, 'utf8')).version}`;
  }
  // npm has no Node for this kind of machine.
  if (Number.parseInt(process.versions.node) >= 24) return true;
  console.error('Please install Node 24 or newer from https://nodejs.org and try again.');
  process.exit(1);
}

/** @param {boolean} withTools */
async function install(withTools) {
  const lock = readFileSync(at('package-lock.json'), 'utf8');
  const stamp = at('node_modules/.installed.json');
  const before = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : null;
  const isCurrent = before?.lock === lock;
  if (isCurrent && (before.withTools || !withTools)) return;
  // An installation that had the tools keeps them.
  const isWhole = withTools || before?.withTools === true;
  if (isCurrent) {
    say('Installing what checks and tests need (once; a minute or so) …');
    await run('npm', ['install', '--no-save', '--loglevel=error'], { cwd: root });
  } else {
    say('Installing packages (once; a minute or two) …');
    // What starting needs comes compiled: npm of Node 20 would run scripts that compile it.
    const which = isWhole
      ? []
      : ['--ignore-scripts', ...STARTING.map((folder) => `--workspace=${folder}`)];
    await run('npm', ['ci', '--loglevel=error', ...which], { cwd: root });
  }
  shed(at('node_modules'));
  writeFileSync(stamp, JSON.stringify({ withTools: isWhole, lock }));
}

/** What packages hold beside what runs here. */
const UNUSED = [
  // What errors would be traced with, and what is for reading.
  /\.map$|\/(README|CHANGELOG)[\w.-]*\.md$/i,
  // TypeScript's messages in other languages.
  /^typescript\/lib\/[a-z]{2}(-[a-z]{2})?$/,
  // A third of Node, and only for compiling native modules, of which there are none.
  /^node-[\w-]+\/include$/,
  // The source of SQLite, and what was compiled of it for other machines.
  /^better-sqlite3\/deps$/,
  new RegExp(`^better-sqlite3/prebuilds/(?!${process.platform}\\w*-${process.arch}\\.node$)`),
  // Parts of another JavaScript runtime.
  /^bare-\w+\/prebuilds$/,
  // Nx as WebAssembly, for machines it is not compiled for.
  ...(['x64', 'arm64'].includes(process.arch)
    ? [/^nx\/dist\/src\/native\/.*\.wasm$/, /^@napi-rs\/wasm-runtime\/dist$/]
    : []),
  // TypeORM and RxJS for pages.
  /^typeorm\/browser$/,
  /^rxjs\/(src|dist\/(esm5?|bundles))$/,
];

/**
 * Removes from the installed packages what nothing here uses: a fifth of them.
 *
 * @param {string} packages
 */
function shed(packages) {
  /** @param {string} inside */
  const visit = (inside) => {
    for (const entry of readdirSync(join(packages, inside), { withFileTypes: true })) {
      const path = inside ? `${inside}/${entry.name}` : entry.name;
      if (UNUSED.some((one) => one.test(path))) rmSync(join(packages, path), { recursive: true });
      else if (entry.isDirectory()) visit(path);
    }
  };
  visit('');
}

/**
 * Runs a command to its end; a failure ends this process too, unless `mayFail`.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { mayFail?: boolean }} options
 * @returns {Promise<number>} the exit code
 */
export async function run(command, args, { mayFail = false, ...options } = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => resolve(status ?? 1));
  });
  if (code !== 0 && !mayFail) {
    console.error(`${command} ${args.join(' ')} failed.`);
    process.exit(code);
  }
  return code;
}

/**
 * Ends a process and waits until it has.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/**
 * Prints the output of a command only if it fails.
 *
 * @param {string} command for the shell
 * @param {string} cwd
 */
async function runQuietly(command, cwd) {
  const path = `${join(cwd, 'node_modules/.bin')}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path };
  const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  console.error(`${command} failed.`);
  process.exit(code ?? 1);
}

const BUILT = ['libs/contracts', 'libs/intake', 'libs/testing', 'apps/api', 'apps/web'];
/** What is built, from which state of the sources. */
export const BUILD_STAMP = 'node_modules/.cache/echomate/built.json';

/** Builds the projects that changed: the `generate` and `build` of their package.json, as Nx does when it is there. */
export async function build() {
  // An Nx task has already built what it needs.
  if (process.env.NX_TASK_TARGET_PROJECT) return;
  const stamp = at(BUILD_STAMP);
  /** @type {Record<string, string>} */
  const built = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {};
  const state = () =>
    Object.fromEntries(BUILT.map((project) => [project, JSON.stringify(sourceState(project))]));
  const now = state();
  const isCurrent = (/** @type {string} */ project) =>
    built[project] === now[project] &&
    existsSync(at(project, project === 'apps/web' ? 'build/handler.js' : 'dist'));
  // Whatever uses the libraries is built anew with them.
  const libraries = BUILT.filter((project) => project.startsWith('libs/'));
  const changed = libraries.every(isCurrent)
    ? BUILT.filter((project) => !isCurrent(project))
    : BUILT;
  if (changed.length === 0) return;
  say('Building …');
  await Promise.all(
    changed.map((project) => {
      const { scripts } = JSON.parse(readFileSync(at(project, 'package.json'), 'utf8'));
      const steps = [scripts.generate, scripts.build].filter(Boolean);
      return runQuietly(steps.join(' && '), at(project));
    }),
  );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify(state()));
}

const NOT_SOURCE = new Set([
  'node_modules',
  'dist',
  'build',
  '.svelte-kit',
  'generated',
  'test',
  'test-results',
  'data',
  'metadata.ts',
]);

/** @param {string} project */
function sourceState(project) {
  let files = 0;
  let newest = statSync(at('package-lock.json')).mtimeMs;
  /** @param {string} folder */
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (NOT_SOURCE.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else {
        files++;
        newest = Math.max(newest, statSync(path).mtimeMs);
      }
    }
  };
  visit(at(project));
  return { files, newest };
}
