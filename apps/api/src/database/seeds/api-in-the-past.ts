import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../../app.module.js';
import { SiteCountingService } from '../../modules/insights/site-counting.service.js';
import { setClock } from '../../platform/clock.js';
import { Config, ConfigError } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import { sql } from '../../platform/database/statements.js';
import { Cursors } from '../../platform/http/cursors.js';
import { DirectAdapter } from '../../platform/http/direct-adapter.js';
import { configureHttp } from '../../platform/http/http-server.js';

/**
 * The api with a clock that its parent process sets, on a private port, to be filled with the past: what people did
 * then goes through the same routes, rules and jobs as what they do today. Says `{ refused }` if it must not be filled,
 * otherwise `{ url }`; then answers every `{ moment }` once the work of the moment before is done. `null` ends it.
 */
async function start(from: number): Promise<void> {
  process.on('disconnect', () => process.exit());
  // Before the configuration, which production would refuse for other reasons.
  if (process.env['NODE_ENV'] === 'production')
    return refuse('The cast is not for production: everybody knows their password.');
  const config = new Config();
  setClock(from);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule,
    new DirectAdapter(new Cursors(config.sessionSecret)),
    { bodyParser: false, logger: ['warn', 'error', 'fatal'], abortOnError: false },
  );
  configureHttp(app);
  const database = app.get(Database);
  const counting = app.get(SiteCountingService);
  await app.listen(0, '127.0.0.1');
  if (await database.one(sql`SELECT id FROM users LIMIT 1`)) {
    await app.close();
    return refuse(
      'Somebody lives here already. The cast moves only into an empty database: choose another with DATA_DIR or DATABASE_URL.',
    );
  }
  process.on('message', ({ moment }: { moment: number | null }) => {
    void settled(database).then(async () => {
      await counting.note();
      if (moment === null || isAnotherDay(moment)) await counting.count();
      if (moment === null) await app.close();
      else setClock(Math.max(moment, Date.now()));
      process.send!({ moment });
    });
  });
  process.send!({ url: await app.getUrl() });
}

const isAnotherDay = (moment: number) =>
  new Date(moment).toDateString() !== new Date().toDateString();

function refuse(refused: string): void {
  process.send!({ refused });
}

/** A clock that jumped while a job runs would end its lease. Recurring jobs may wait. */
async function settled(database: Database): Promise<void> {
  while (
    await database.one(sql`
      SELECT id FROM jobs WHERE state = 'waiting'
        AND (attempts > 0 OR unique_key IS NULL AND run_at <= ${new Date().toISOString()}) LIMIT 1`)
  )
    await new Promise((resolve) => setTimeout(resolve, 2));
}

start(Number(process.argv[2])).catch((error: unknown) => {
  if (error instanceof ConfigError) return refuse(error.message);
  console.error(error);
  process.exit(1);
});
