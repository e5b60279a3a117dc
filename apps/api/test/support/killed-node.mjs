/**
 * The built api in a process of its own, to be killed. On a message it calls a method of a service, and answers when
 * that has returned, so when its transaction is committed.
 *
 * `works` names the jobs that it runs; `atEnd`: in the last transaction of a job, just before the commit, it kills itself
 * (`die`), or rolls back, for each job until it is killed (`fail`).
 */
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/app.module.js';
import { Database } from '../../dist/platform/database/database.service.js';
import { Jobs } from '../../dist/platform/jobs/jobs.service.js';

const { works, atEnd } = JSON.parse(process.argv[2]);

const { onApplicationBootstrap } = Jobs.prototype;
Jobs.prototype.onApplicationBootstrap = async function () {
  for (const kind of [...this.handlers.keys()])
    if (!works.includes(kind)) this.handlers.delete(kind);
  await onApplicationBootstrap.call(this);
};

if (atEnd) {
  const { transaction: begin } = Database.prototype;
  Database.prototype.transaction = function (work) {
    return begin.call(this, async (transaction) => {
      let endsJob = false;
      const run = transaction.run.bind(transaction);
      transaction.run = (query) => {
        if (query.strings.join('').includes('DELETE FROM jobs')) endsJob = true;
        return run(query);
      };
      const result = await work(transaction);
      if (endsJob && atEnd === 'fail') throw new Error('Rolled back');
      if (endsJob) process.kill(process.pid, 'SIGKILL');
      return result;
    });
  };
}

const app = await NestFactory.createApplicationContext(AppModule, {
  logger: false,
  abortOnError: false,
});

process.on('message', async ({ path, service, method, values }) => {
  const module = await import(`../../dist/${path}.js`);
  try {
    process.send({ result: await app.get(module[service])[method](...values) });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
process.send({ result: 'ready' });
