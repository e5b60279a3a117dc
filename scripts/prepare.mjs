/**
 * What every command needs first, from a fresh clone and on whatever Node runs it: the packages, the
 * pinned Node, a current build. Only what is missing is done, and said. Node 20 must understand this file.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...path) => join(root, ...path);
const pinnedNode = at('node_modules/node/bin/node');

export const say = (text) => console.log(`\x1b[2m› ${text}\x1b[0m`);

/** Packages installed and the pinned Node running: call it before anything else. */
export async function prepare() {
  await install();
  process.env.PATH = `${at('node_modules/.bin')}:${process.env.PATH}`;
  process.env.NX_DAEMON ??= 'false';
  process.chdir(root);
  const { version } = JSON.parse(readFileSync(at('node_modules/node/package.json'), 'utf8'));
  if (process.version === `v${version}`) return;
  const child = spawn(pinnedNode, process.argv.slice(1), { stdio: 'inherit' });
  // The terminal tells the child of Ctrl-C itself; whoever asked only this process to stop means both.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exit(await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1))));
}

async function install() {
  const lock = readFileSync(at('package-lock.json'), 'utf8');
  const installed = at('node_modules/.installed-lock.json');
  if (existsSync(pinnedNode) && existsSync(installed) && readFileSync(installed, 'utf8') === lock)
    return;
  say('Installing packages (once; a minute or two) …');
  await run('npm', ['ci', '--loglevel=error'], { cwd: root });
  writeFileSync(installed, lock);
}

/** Runs a command to its end; a failure ends this process too, unless `mayFail`. */
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

/** Shows what a command says only if it fails. */
async function runQuietly(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  console.error(`${command} ${args.join(' ')} failed.`);
  process.exit(code ?? 1);
}

/** Builds what changed. Nx knows best what that is; asking it takes a second, so mostly we need not. */
export async function build() {
  const stamp = at('.nx/built.json');
  const state = JSON.stringify(sourceState());
  const isThere = [
    'apps/api/dist/main.js',
    'apps/web/build/handler.js',
    'libs/contracts/dist/limits.js',
    'libs/intake/dist/bodies.js',
  ].every((file) => existsSync(at(file)));
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  say('Building …');
  await runQuietly('nx', ['run-many', '-t', 'build', '--outputStyle=static']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify(sourceState()));
}

const NOT_SOURCE = new Set([
  'node_modules',
  'dist',
  'build',
  '.svelte-kit',
  'paraglide',
  'test',
  'data',
  'metadata.ts',
]);

function sourceState() {
  let files = 0;
  let newest = statSync(at('package-lock.json')).mtimeMs;
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
  for (const folder of ['apps/api', 'apps/web', 'libs']) visit(at(folder));
  return { files, newest };
}
