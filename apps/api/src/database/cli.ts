import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Config } from '../platform/config/config.js';
import { ModerationLogRepository } from '../modules/moderation/moderation-log.repository.js';
import { ModerationLogService } from '../modules/moderation/moderation-log.service.js';
import { User } from '../modules/users/entities/user.entity.js';
import { Database } from '../platform/database/database.service.js';
import { Job } from '../platform/jobs/job.entity.js';
import { createDataSource } from './data-source.js';
import { appliedMigrations, migrate, revertLast, schemaDrift } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';

const COMMANDS = ['migrate', 'revert', 'status', 'reindex', 'verify-log', 'reset-second-factors'];
const USAGE = `Usage: npm run db -- ${COMMANDS.join(' | ')} EMAIL | seed`;

/** `npm run db -- …`: database commands for the operator. */
async function main(command: string | undefined, email: string | undefined): Promise<void> {
  if (
    !command ||
    !COMMANDS.includes(command) ||
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
      await request(dataSource, 'search.rebuild', {});
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
  const now = new Date().toISOString();
  await dataSource.getRepository(Job).insert({
    id: uuid(),
    kind,
    payload: JSON.stringify(payload),
    state: 'waiting',
    attempts: 0,
    runAt: now,
    createdAt: now,
  });
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
  await request(dataSource, 'second-factors.reset', { userId: user.id });
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
