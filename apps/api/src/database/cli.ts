import type { DataSource } from 'typeorm';
import { Config } from '../platform/config/config.js';
import { ModerationLogRepository } from '../modules/moderation/moderation-log.repository.js';
import { ModerationLogService } from '../modules/moderation/moderation-log.service.js';
import { REBUILD_SEARCH } from '../modules/search/search-indexing.service.js';
import { RESET_SECOND_FACTORS } from '../modules/second-factors/two-step.service.js';
import { User } from '../modules/users/entities/user.entity.js';
import { Database } from '../platform/database/database.service.js';
import { Job } from '../platform/jobs/job.entity.js';
import { newJob } from '../platform/jobs/jobs.service.js';
import { createDataSource } from './data-source.js';
import { appliedMigrations, migrate, revertLast, schemaDrift } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';

const COMMANDS: Record<string, string> = {
  migrate: 'applies the migrations that are pending',
  revert: 'undoes the last migration',
  status: 'lists migrations, and how the schema differs from what the program expects',
  reindex: 'has the api index everything for search anew',
  'verify-log': 'checks that nobody has altered the log of what moderators did',
  'reset-second-factors': 'EMAIL: has the api turn two-step log-in off and remove passkeys',
};
/** `scripts/db.mjs` does this one itself. */
const SEED = { seed: 'fills an empty database with the people of the demo and their past' };
const USAGE = ['Usage: npm run db -- COMMAND', '']
  .concat(
    Object.entries({ ...COMMANDS, ...SEED }).map(([name, does]) => `  ${name.padEnd(22)}${does}`),
  )
  .join('\n');

/** `npm run db -- …`: database commands for the operator. */
async function main(command: string | undefined, email: string | undefined): Promise<void> {
  if (
    !command ||
    !Object.hasOwn(COMMANDS, command) ||
    (command === 'reset-second-factors' && email === undefined)
  ) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const dataSource = await createDataSource(new Config()).initialize();
  try {
    if (command === 'migrate') {
      const applied = await migrate(dataSource);
      console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply.');
    } else if (command === 'revert') {
      const reverted = await revertLast(dataSource);
      console.log(reverted ? `Reverted ${reverted}` : 'Nothing to revert.');
    } else if (command === 'reindex') {
      await request(dataSource, REBUILD_SEARCH, {});
      console.log('The api will index everything anew. People can go on meanwhile.');
    } else if (command === 'verify-log') {
      await verifyLog(dataSource);
    } else if (command === 'reset-second-factors') {
      await resetSecondFactors(dataSource, email!);
    } else {
      const applied = new Set(await appliedMigrations(dataSource));
      for (const { name } of MIGRATIONS)
        console.log(`${applied.has(name) ? 'applied' : 'pending'}  ${name}`);
      const drift = applied.size === MIGRATIONS.length ? await schemaDrift(dataSource) : [];
      for (const statement of drift) console.log(`drift    ${statement}`);
      if (drift.length) process.exitCode = 1;
    }
  } finally {
    // What asked through a `Database` has closed it.
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** A job for the api, which may be running. */
async function request(dataSource: DataSource, kind: string, payload: object): Promise<void> {
  await dataSource.getRepository(Job).insert(newJob(kind, payload));
}

/** For somebody who can't log in any more because everything that proves the second step is lost. */
async function resetSecondFactors(dataSource: DataSource, email: string): Promise<void> {
  const user = await dataSource
    .getRepository(User)
    .findOneBy({ email: email.trim().toLowerCase() });
  if (!user) {
    console.error('No account has this address.');
    process.exitCode = 1;
    return;
  }
  await request(dataSource, RESET_SECOND_FACTORS, { userId: user.id });
  console.log(
    'The api will turn two-step login off for this account, remove its passkeys, and tell its owner by mail.',
  );
}

/** Whether the log of what moderators did is as it was written. */
async function verifyLog(dataSource: DataSource): Promise<void> {
  const database = new Database(dataSource);
  const log = new ModerationLogService(new ModerationLogRepository(database));
  const { rows, alteredAt } = await log.verify().finally(() => database.onApplicationShutdown());
  if (alteredAt === null) return console.log(`The log is as it was written: ${rows} rows.`);
  console.error(`The log was altered at row ${alteredAt}, or rows before the one there are gone.`);
  process.exitCode = 1;
}

await main(process.argv[2], process.argv[3]);
