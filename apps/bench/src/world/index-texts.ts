import { randomUUID } from 'node:crypto';
import { startApi } from '../api-server.ts';
import { withDatabase } from '../database.ts';
import type { Installation } from '../installation.ts';
import { patiently } from '../patiently.ts';

const AT_MOST_S = 1800;

/** By the api itself, as `npm run db -- reindex` does. */
export async function indexTexts(installation: Installation): Promise<void> {
  const now = new Date().toISOString();
  const jobs = `FROM jobs WHERE kind = 'search.rebuild'`;
  await withDatabase(installation, async (database) => {
    await database.run(`
      INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
      VALUES ('${randomUUID()}', 'search.rebuild', '{}', 'waiting', '${now}', 0, '${now}')`);
  });
  const api = await startApi(installation.dataDir, installation.databaseUrl);
  await withDatabase(installation, (database) =>
    patiently(
      'the index',
      async () => ((await database.all(`SELECT id ${jobs}`)).length ? undefined : true),
      AT_MOST_S,
    ),
  );
  await api.stop();
}
