import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Integration tests run on the database that TEST_DATABASE names. Without one, the tests beside the sources run, which
 * need no build.
 */
const database = process.env.TEST_DATABASE;
const compiled = ['@swc/jest', { configFile: '../../.swcrc' }];

const shared = {
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

// Ends what hangs. How long anything takes is up to the machine and what else it does.
const testTimeout = 600_000;

/** Jest evaluates everything anew for each file. */
const evaluatedByJest = {
  transform: { '^.+\\.ts$': compiled },
  testEnvironmentOptions: { customExportConditions: ['@echomate/source', 'node', 'node-addons'] },
};

/** Node loads everything but the tests, once for all files of a worker. */
const loadedByNode = {
  testEnvironment: '<rootDir>/test/support/native-environment.mjs',
  transform: {
    '/apps/api/test/.+\\.ts$': compiled,
    '/(node_modules|src|dist)/.+\\.([cm]?js|ts)$': '<rootDir>/test/support/native-modules.mjs',
  },
  transformIgnorePatterns: [],
};

/** What Node has loaded is shared, and later files would go on with the clock that these set. */
const folder = join(import.meta.dirname, 'test/integration');
const setTheClock = readdirSync(folder).filter((name) =>
  readFileSync(join(folder, name), 'utf8').includes('/platform/clock.js'),
);
/** @param {string[]} names */
const paths = (names) => names.map((name) => `/${name.replaceAll('.', '\\.')}$`);
// Several processes share a PostgreSQL.
const elsewhere = database === 'sqlite' ? ['two-processes.spec.ts', 'live-move.spec.ts'] : [];

/** With a database. */
const integration = {
  ...shared,
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/template.mjs',
  globalTeardown: '<rootDir>/test/support/template-removal.mjs',
};

const onDatabase = database === 'postgres' ? 'api on PostgreSQL' : 'api on SQLite';

export default database
  ? {
      testTimeout,
      // Those on the other database run at the same time. A PostgreSQL has a hundred connections, and a test up to
      // twenty.
      maxWorkers: database === 'postgres' ? 2 : '50%',
      workerIdleMemoryLimit: '1GB',
      projects: [
        {
          ...integration,
          ...loadedByNode,
          displayName: onDatabase,
          testPathIgnorePatterns: paths([...elsewhere, ...setTheClock]),
        },
        {
          ...integration,
          ...evaluatedByJest,
          displayName: `${onDatabase}, clock set`,
          testMatch: setTheClock.map((name) => `**/${name}`),
        },
      ],
    }
  : { ...shared, ...evaluatedByJest, testTimeout, displayName: 'api', roots: ['<rootDir>/src'] };

/** Mutants stand in for sources, so Jest evaluates those. */
export const mutants = {
  ...integration,
  ...evaluatedByJest,
  testTimeout,
  testMatch: ['**/*.mutants.ts'],
};
