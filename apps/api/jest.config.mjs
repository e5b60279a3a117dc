/** Everything runs on the database that TEST_DATABASE names; unit tests need no second run. */
const isPostgres = process.env.TEST_DATABASE === 'postgres';

export default {
  displayName: isPostgres ? 'api on PostgreSQL' : 'api on SQLite',
  roots: isPostgres ? ['<rootDir>/test'] : ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // Several processes share a PostgreSQL.
  ...(!isPostgres && { testPathIgnorePatterns: ['/(two-processes|live-move)\\.spec\\.ts$'] }),
  extensionsToTreatAsEsm: ['.ts'],
  globalSetup: '<rootDir>/test/support/template.mjs',
  globalTeardown: '<rootDir>/test/support/template-removal.mjs',
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: '../../.swcrc' }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@echomate/source', 'node', 'node-addons'] },
  // Ends what hangs. How long anything takes is up to the machine and what else it does.
  testTimeout: 600_000,
  // Those on the other database run at the same time. A PostgreSQL has a hundred connections, and a test up to twenty.
  maxWorkers: isPostgres ? 2 : '50%',
  workerIdleMemoryLimit: '1GB',
};
