/** Fills the database of its environment with the cast. In a process of its own: where the api runs, sharp reads no SVG. */
import { join } from 'node:path';
import { seed } from '@echomate/testing/seed';

try {
  await seed(
    join(import.meta.dirname, '../../dist/database/seeds/api-in-the-past.js'),
    process.env,
  );
} catch (error) {
  console.error(error.name === 'SeedRefused' ? `refused: ${error.message}` : error);
  process.exitCode = 1;
}
