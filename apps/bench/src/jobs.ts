import { withDatabase } from './database.ts';
import type { Installation } from './installation.ts';
import { patiently } from './patiently.ts';

/** A job that runs is due again when its lease ends; what is put off for longer does not count, nor recurring work. */
const SOON_MS = 120_000;

/** Until what was left to jobs is done. */
export const untilNoJobs = (installation: Installation): Promise<void> =>
  withDatabase(installation, async (database) => {
    await patiently(
      'the jobs',
      async () => {
        const [waiting] = await database.all(
          `SELECT 1 FROM jobs WHERE state = 'waiting' AND unique_key IS NULL
            AND run_at <= '${new Date(Date.now() + SOON_MS).toISOString()}' LIMIT 1`,
        );
        return waiting ? undefined : true;
      },
      300,
    );
  });
