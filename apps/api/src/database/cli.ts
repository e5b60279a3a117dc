import { Config } from '../platform/config/config.js';
import { createDataSource } from './data-source.js';
import { appliedMigrations, migrate, revertLast, schemaDrift } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';

const USAGE = 'Usage: npm run db -- migrate | revert | status | seed';

/** `npm run db -- …`: database commands for the operator. */
async function main(command: string | undefined): Promise<void> {
  if (!command || !['migrate', 'revert', 'status'].includes(command)) {
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
    } else {
      const applied = new Set(await appliedMigrations(dataSource));
      for (const { name } of MIGRATIONS)
        console.log(`${applied.has(name) ? 'applied' : 'pending'}  ${name}`);
      const drift = applied.size === MIGRATIONS.length ? await schemaDrift(dataSource) : [];
      for (const statement of drift) console.log(`drift    ${statement}`);
      if (drift.length) process.exitCode = 1;
    }
  } finally {
    await dataSource.destroy();
  }
}

await main(process.argv[2]);
