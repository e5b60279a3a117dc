/** Runs api and web as one product: one address for people, one command to stop both. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { say } from './prepare.mjs';

export async function serve(settings = {}) {
  const environment = {
    PORT: '3000',
    API_PORT: '4000',
    ...process.env,
    ...settings,
    // Known to these two alone: the api believes the web server, and nobody else, about who is asking.
    PROXY_SECRET: randomBytes(32).toString('base64url'),
  };
  const url = environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`;
  environment.API_ORIGIN = `http://127.0.0.1:${environment.API_PORT}`;
  await assertFree(environment.PORT, 'PORT');
  await assertFree(environment.API_PORT, 'API_PORT');
  const children = [];
  let isStopping = false;

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
    // Web first, so that no one is let in while the api finishes what is in flight.
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

  // The api needs an address for the links in mails; the web server takes the one people came by.
  start('api', 'apps/api/dist/main.js', { PUBLIC_URL: url });
  await answers(`${environment.API_ORIGIN}/api/v1/health/ready`, () => isStopping);
  start('web server', 'apps/web/server.js');
  await answers(`http://127.0.0.1:${environment.PORT}/health/live`, () => isStopping);
  return { url, environment, stop };
}

async function answers(url, gaveUp) {
  const deadline = Date.now() + 60_000;
  while (!gaveUp()) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await new Promise(() => undefined);
}

/** Two installations on one port would answer for each other. */
async function assertFree(port, setting) {
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
