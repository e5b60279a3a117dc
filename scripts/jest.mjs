/**
 * Run in a project, as its Nx targets do: `jest.mjs test`, `test-sqlite` or `test-postgres`, with further arguments for
 * Jest. Writes the number of tests to test-results.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './prepare.mjs';
import { providePostgres } from './postgres.mjs';

mkdirSync('test-results', { recursive: true });
const [target = 'test', ...args] = process.argv.slice(2);
const postgres = target === 'test-postgres' ? await providePostgres() : null;
const code = await run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--json',
    `--outputFile=test-results/${target}.json`,
    ...args,
  ],
  {
    env: {
      ...process.env,
      ...(target === 'test-sqlite' && { TEST_DATABASE: 'sqlite' }),
      ...(postgres && { TEST_DATABASE: 'postgres', TEST_POSTGRES_URL: postgres.url }),
    },
    mayFail: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);
await postgres?.stop();
process.exit(code);
