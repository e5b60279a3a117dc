/** `npm run dev`: the api restarts and pages refresh as files change. */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { build, prepare, run, say } from './prepare.mjs';

await prepare();
await build();

const apiPort = process.env.API_PORT ?? '4000';
const port = process.env.PORT ?? '3000';
const environment = {
  ...process.env,
  API_PORT: apiPort,
  API_ORIGIN: `http://127.0.0.1:${apiPort}`,
  PUBLIC_URL: `http://localhost:${port}`,
};
let api;
let isStopping = false;

const startApi = () => {
  api = spawn(
    process.execPath,
    ['--enable-source-maps', '--env-file-if-exists=.env', 'apps/api/dist/main.js'],
    { env: environment, stdio: 'inherit' },
  );
};
const stopApi = () =>
  new Promise((resolve) => {
    if (api.exitCode !== null) return resolve();
    api.on('exit', resolve);
    api.kill('SIGTERM');
  });

let pending;
const rebuild = async () => {
  say('Rebuilding the api …');
  for (const project of ['libs/contracts', 'libs/intake', 'apps/api']) {
    await run(process.execPath, ['../../scripts/compile.mjs'], { cwd: project, mayFail: true });
  }
  await stopApi();
  if (!isStopping) startApi();
};
for (const folder of ['libs/contracts/src', 'libs/intake/src', 'apps/api/src']) {
  watch(folder, { recursive: true }, () => {
    clearTimeout(pending);
    pending = setTimeout(rebuild, 150);
  });
}

startApi();
const web = spawn('vite', ['dev', '--port', port, '--strictPort'], {
  cwd: 'apps/web',
  env: environment,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    isStopping = true;
    web.kill('SIGTERM');
    await stopApi();
    process.exit(0);
  });
}
