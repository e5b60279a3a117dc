/**
 * A node that works on jobs until it is killed: takes the job `test.count`, writes a row to `effects`,
 * and dies by SIGKILL at the moment named on the command line.
 */
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/app.module.js';
import { Jobs } from '../../dist/platform/jobs/jobs.service.js';
import { sql } from '../../dist/platform/database/statements.js';

const dieAt = process.argv[2];
const dieIf = (moment) => {
  if (moment === dieAt) process.kill(process.pid, 'SIGKILL');
};

const app = await NestFactory.createApplicationContext(AppModule, {
  logger: false,
  abortOnError: false,
});
app.get(Jobs).handle('test.count', async ({ name }, { commit }) => {
  dieIf('before the transaction');
  await commit(async (transaction) => {
    await transaction.run(sql`INSERT INTO effects (name) VALUES (${name})`);
    dieIf('in the middle of the transaction');
  });
  dieIf('just after the commit');
});
await app.init();
process.send('ready');
