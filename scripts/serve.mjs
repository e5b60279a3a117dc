/** Runs api and web as one product: one address for people, one command to stop both. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { MEMORY } from './memory.mjs';
import { say } from './prepare.mjs';

/** @param {NodeJS.ProcessEnv} settings */
export async function serve(settings = {}) {
  const { PORT = '3000', API_PORT = '4000', ...others } = { ...process.env, ...settings };
  const url = others.PUBLIC_URL ?? `http://localhost:${PORT}`;
  const apiOrigin = `http://127.0.0.1:${API_PORT}`;
  const environment = {
    ...others,
    PORT,
    API_PORT,
    API_ORIGIN: apiOrigin,
    // A secret shared by these two alone: the api trusts only the web server to say who is asking.
    PROXY_SECRET: randomBytes(32).toString('base64url'),
  };
  await assertFree(PORT, 'PORT');
  await assertFree(API_PORT, 'API_PORT');
  /** @type {{ child: import('node:child_process').ChildProcess, ended: Promise<number | null> }[]} */
  const children = [];
  let isStopping = false;

  /**
   * @param {string} name
   * @param {string} file
   * @param {NodeJS.ProcessEnv} own
   */
  const start = (name, file, own = {}) => {
    const child = spawn(process.execPath, ['--enable-source-maps', file], {
      env: { ...environment, ...own },
      stdio: 'inherit',
    });
    const ended = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
    children.push({ child, ended });
    void ended.then((code) => {
      if (isStopping) return;
      console.error(`The ${name} ended unexpectedly (${code}).`);
      void stop(1);
    });
  };

  const stop = async (code = 0) => {
    if (isStopping) return;
    isStopping = true;
    // The web server first, so that no new requests come in while the api finishes.
    for (const { child, ended } of [...children].reverse()) {
      child.kill('SIGTERM');
      await ended;
    }
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (!isStopping) say('Stopping …');
      void stop();
    });
  }

  const untilReady = async (/** @type {string} */ address) => {
    const isReady = await answers(address, () => isStopping);
    // `stop` ends this process.
    if (!isReady) await new Promise(() => undefined);
  };

  const asked = others.NODE_OPTIONS ? { NODE_OPTIONS: others.NODE_OPTIONS } : {};
  // The api needs an address for links in mails; the web server takes it from the request.
  start('api', 'apps/api/dist/main.js', { NODE_OPTIONS: MEMORY.api, ...asked, PUBLIC_URL: url });
  await untilReady(`${apiOrigin}/api/v1/health/ready`);
  // Only now, so that its first page can be filled.
  start('web server', 'apps/web/server.js', { NODE_OPTIONS: MEMORY.web, ...asked });
  await untilReady(`http://127.0.0.1:${PORT}/health/live`);
  return { url, apiOrigin };
}

/**
 * @param {string} url
 * @param {() => boolean} gaveUp
 * @returns whether it answers, unless the caller gave up
 */
export async function answers(url, gaveUp) {
  const deadline = Date.now() + 60_000;
  while (!gaveUp()) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return true;
    if (Date.now() > deadline) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  return false;
}

/**
 * Fails if the port is taken: otherwise the other installation might answer.
 *
 * @param {string} port
 * @param {string} setting
 */
export async function assertFree(port, setting) {
  const isTaken = await new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
  if (!isTaken) return;
  console.error(
    `Port ${port} is in use. Stop what runs there, or choose another with ${setting}=…`,
  );
  process.exit(1);
}
