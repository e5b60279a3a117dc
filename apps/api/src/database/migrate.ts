import type { DataSource } from 'typeorm';

/** The advisory lock that processes take when they start at the same time; the number is arbitrary. */
const MIGRATION_LOCK = 4_231_977;

/** Applies pending migrations, one process at a time, and returns their names. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  return exclusively(dataSource, async () => {
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  });
}

export async function revertLast(dataSource: DataSource): Promise<string | null> {
  return exclusively(dataSource, async () => {
    const before = await appliedMigrations(dataSource);
    if (!before.length) return null;
    await dataSource.undoLastMigration({ transaction: 'each' });
    return before.at(-1)!;
  });
}

export async function appliedMigrations(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) return [];
    const rows = (await runner.query('SELECT name FROM migrations ORDER BY id')) as {
      name: string;
    }[];
    return rows.map((row) => row.name);
  } finally {
    if (dataSource.options.type === 'postgres') await runner.release();
  }
}

/** The statements that would make the schema match the entities; empty if it does. */
export async function schemaDrift(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

async function exclusively<Result>(
  dataSource: DataSource,
  work: () => Promise<Result>,
): Promise<Result> {
  if (dataSource.options.type !== 'postgres') return work();
  const runner = dataSource.createQueryRunner();
  await runner.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
  try {
    return await work();
  } finally {
    await runner.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
    await runner.release();
  }
}
