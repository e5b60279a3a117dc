import type { Installation } from '../installation.ts';
import { withDatabase } from '../database.ts';

/** As an operator would, or as PostgreSQL does by itself; the api does not run meanwhile. */
export const analyze = (installation: Installation): Promise<void> =>
  withDatabase(installation, (database) => database.run('ANALYZE'));

/** On PostgreSQL, until it is wanted: else statistics would come at some time between. */
export const keepFromAnalyzing = (installation: Installation): Promise<void> =>
  withDatabase(installation, async (database) => {
    if (!installation.databaseUrl) return;
    const tables = await database.all<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`,
    );
    for (const { name } of tables)
      await database.run(`ALTER TABLE ${name} SET (autovacuum_enabled = off)`);
  });
