import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { DataSource } from 'typeorm';
import type { Config } from '../platform/config/config.js';
import { settleColumnTypes } from '../platform/database/columns.js';
import { settleValueTypes } from '../platform/database/postgres.js';
import { applyPragmas, forgetStatistics } from '../platform/database/sqlite.js';
import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './migrations/index.js';

/** The configured database with every entity and migration; not connected yet. */
export function createDataSource(
  config: Pick<Config, 'databaseUrl' | 'databaseConnections' | 'sqliteFile'>,
): DataSource {
  const shared = {
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each' as const,
    synchronize: false,
  };
  if (config.databaseUrl) {
    settleColumnTypes('postgres');
    settleValueTypes();
    return new DataSource({
      ...shared,
      type: 'postgres',
      url: config.databaseUrl,
      poolSize: config.databaseConnections,
      applicationName: 'echomate',
      extra: {
        connectionTimeoutMillis: 10_000,
        // Statements are short with many branches: compiling or planning one takes longer than running it, and each is
        // written to walk an index whatever its values are.
        options: [
          '-c timezone=UTC',
          '-c jit=off',
          '-c plan_cache_mode=force_generic_plan',
          '-c lock_timeout=30s',
          '-c idle_in_transaction_session_timeout=60s',
        ].join(' '),
      },
    });
  }
  settleColumnTypes('sqlite');
  mkdirSync(dirname(config.sqliteFile), { recursive: true });
  return new DataSource({
    ...shared,
    type: 'better-sqlite3',
    database: config.sqliteFile,
    prepareDatabase: (connection: Sqlite.Database) => {
      applyPragmas(connection);
      forgetStatistics(connection);
    },
  });
}
