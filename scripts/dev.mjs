/**
 * `npm run dev`: api and web from their sources, with the cast to log in as. A change in the api or in contracts
 * compiles the changed files and restarts the api; Vite handles changes of the web. Errors are printed, and the next
 * change tries again. Types are not checked here.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { BUILD_STAMP, prepare, say, stop } from './prepare.mjs';

await prepare();
const { compile, compileFile, IncrementalCompiler } = await import('./compile.mjs');
const { answers, assertFree } = await import('./serve.mjs');

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const {
  PORT = '3000',
  API_PORT = '4000',
  DATA_DIR = 'data/dev',
  RATE_LIMITS = 'off',
} = process.env;
const url = `http://localhost:${PORT}`;
const apiOrigin = `http://127.0.0.1:${API_PORT}`;
const dataDir = resolve(DATA_DIR);
const castFile = join(dataDir, 'cast.json');
// No .env is read: its settings belong to an installation with real data.
const environment = {
  ...process.env,
  NODE_ENV: 'development',
  API_PORT,
  API_ORIGIN: apiOrigin,
  PUBLIC_URL: url,
  DATA_DIR: dataDir,
  RATE_LIMITS,
  SMTP_URL: '',
  DEV_CAST_FILE: castFile,
  // Starts the api a fifth faster.
  NODE_COMPILE_CACHE: resolve('node_modules/.cache/node'),
};

const COMPILED = ['libs/contracts', 'libs/intake', 'apps/api'];
/** The metadata that Swagger needs of controllers and contracts; the api's `generate` makes it. */
const METADATA = 'apps/api/src/metadata.ts';
const IN_METADATA = /^libs\/contracts\/|\.controller\.ts$/;

/** @type {ChildProcess | undefined} */
let api;
/** @type {ChildProcess | undefined} */
let generator;
const compiler = new IncrementalCompiler(COMPILED, [METADATA]);
let doesCompile = true;
/** The running api has loaded the previous build. */
let isApiStale = true;
let isMetadataStale = true;
let isStopping = false;

await assertFree(PORT, 'PORT');
await assertFree(API_PORT, 'API_PORT');
// `npm start` and others read this cache of what is built, and would miss what is compiled below.
rmSync(BUILD_STAMP, { force: true });
for (const project of COMPILED) rmSync(join(project, 'dist'), { recursive: true, force: true });
await compile('libs/testing');
await compileMetadata();

const web = spawn('vite', ['dev', '--port', PORT, '--strictPort'], {
  cwd: 'apps/web',
  // npm installs it into either folder.
  env: { ...environment, PATH: `${resolve('apps/web/node_modules/.bin')}:${process.env.PATH}` },
  stdio: 'inherit',
});
web.once('exit', (code) => {
  if (isStopping) return;
  console.error(`The web server ended unexpectedly (${code}).`);
  void end(1);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(0));

let work = Promise.resolve();
await inTurn(update);
let pending = setTimeout(() => undefined);
for (const project of COMPILED) {
  watch(join(project, 'src'), { recursive: true }, (_event, file) => {
    if (!file || file === 'metadata.ts') return;
    clearTimeout(pending);
    pending = setTimeout(() => inTurn(update), 100);
  });
}

/** @param {() => Promise<void>} task */
function inTurn(task) {
  work = work.then(task).catch((error) => console.error(error));
  return work;
}

/** A watcher only says that something changed; comparing files finds what it was. */
async function update() {
  const { changed, removed, errors, runsAnother } = await compiler.update();
  isApiStale ||= runsAnother;
  if (removed.length > 0) await compileMetadata();
  isMetadataStale ||= [...changed, ...removed].some((source) => IN_METADATA.test(source));
  const wasBroken = !doesCompile;
  doesCompile = errors.length === 0;
  // Without SWC's stack.
  for (const error of errors) console.error(String(error).split('\n\nCaused by:')[0]);
  if (!doesCompile) return say('This does not compile. The next change is waited for …');
  if (isMetadataStale) {
    isMetadataStale = false;
    void generateMetadata();
  }
  if (isApiStale || !isRunning(api)) await restartApi();
  // Undone, it is what runs already.
  else if (wasBroken) say('This compiles again.');
}

/** In parallel with everything else, because it type-checks the api, which takes seconds. */
async function generateMetadata() {
  generator?.kill('SIGKILL');
  const own = spawn(process.execPath, ['scripts/api-metadata.mjs'], {
    cwd: 'apps/api',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  generator = own;
  if (own.pid) setPriority(own.pid, 5);
  let said = '';
  own.stderr.setEncoding('utf8').on('data', (part) => (said += part));
  const code = await new Promise((resolve) => own.once('close', resolve));
  // A newer run has started, or everything is shutting down.
  if (generator !== own || isStopping) return;
  if (code !== 0) return say(`${said}\nThe API document could not be brought up to date.`);
  await inTurn(async () => {
    if (!(await compileMetadata())) return;
    isApiStale = true;
    if (!doesCompile) return;
    say('The API document has changed.');
    await restartApi();
  });
}

/** Removes entries of deleted files: the api would not start with them. */
async function compileMetadata() {
  const text = existsSync(METADATA) ? readFileSync(METADATA, 'utf8') : '';
  const isOfNow = [...text.matchAll(/import\("(.+?)"\)/g)].every(([, name = '']) =>
    existsSync(
      name.startsWith('@echomate/contracts/')
        ? `libs/contracts/src/${name.slice('@echomate/contracts/'.length)}.ts`
        : join('apps/api/src', name.replace(/\.js$/, '.ts')),
    ),
  );
  if (!text || !isOfNow) writeFileSync(METADATA, 'export default async () => ({});\n');
  return compileFile(METADATA);
}

async function restartApi() {
  isApiStale = false;
  if (api) await stop(api);
  const isNew = !existsSync(dataDir) && !process.env.DATABASE_URL;
  if (isNew && !(await moveCastIn())) return;
  if (isStopping) return;
  const started = spawnApi();
  started.once('exit', (code) => {
    if (api === started && code !== null && !isStopping)
      say(`The api ended (${code}). The next change is waited for …`);
  });
  const isFirst = !api || isNew;
  api = started;
  if (isFirst && existsSync(castFile)) void showCast();
}

/** @param {ChildProcess | undefined} child */
function isRunning(child) {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

function spawnApi() {
  return spawn(process.execPath, ['--enable-source-maps', 'apps/api/dist/main.js'], {
    env: environment,
    stdio: 'inherit',
  });
}

/** Creates the data in a folder with another name and renames it when complete: a partial cast must not be used. */
async function moveCastIn() {
  say('The cast moves in (once) …');
  const unfinished = `${dataDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  try {
    const { cast, moveCastIn: moveIn } = await import('./cast.mjs');
    await moveIn({ ...environment, DATA_DIR: unfinished, LOG_LEVEL: 'warn' });
    writeFileSync(join(unfinished, 'cast.json'), JSON.stringify(cast));
    renameSync(unfinished, dataDir);
    return true;
  } catch (error) {
    if (!isStopping) say(`${error}. The next change is waited for …`);
    return false;
  }
}

/** Last, so that nothing is printed after it. */
async function showCast() {
  const { printCast } = await import('./cast.mjs');
  const gaveUp = () => !isRunning(api);
  if (!(await answers(`${apiOrigin}/api/v1/health/ready`, gaveUp).catch(() => false))) return;
  console.log(`\n  Echomate in development: \x1b[1m${url}\x1b[0m   (Ctrl-C stops it)\n`);
  printCast();
}

/** @param {number} code */
async function end(code) {
  if (isStopping) process.exit(1);
  isStopping = true;
  generator?.kill('SIGKILL');
  await Promise.all([stop(web), api && stop(api)]);
  process.exit(code);
}
