import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { MailboxMail } from '@echomate/contracts/mailbox.dto';
import request from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { Config } from '../../src/platform/config/config.js';
import { BODY_KINDS, type BodyKinds } from '../../src/platform/http/bodies.js';
import { Cursors } from '../../src/platform/http/cursors.js';
import { DirectAdapter } from '../../src/platform/http/direct-adapter.js';
import { configureHttp } from '../../src/platform/http/http-server.js';
import { MailTransport } from '../../src/platform/mail/mail.js';
import type { Mailbox } from '../../src/platform/mail/mailbox.js';
import { assertAnswersWereDeclared, checkAnswers } from './answers.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { until } from './until.js';

export const API = '/api/v1';
const NEW_DEVICE = 'A new device logged in to your account';

/** Every answer in any test must match the API document. */
afterEach(assertAnswersWereDeclared);

/** The whole api, on a database of its own if none is given, listening on a free port. */
export async function startTestApp(
  settings: Record<string, string> = {},
  bodyKinds: BodyKinds = BODY_KINDS,
  given?: TestDatabase,
) {
  const database = given ?? (await createTestDatabase());
  const config = new Config({
    NODE_ENV: 'test',
    PASSWORD_HASH_COST: '4',
    LOG_LEVEL: 'fatal',
    RATE_LIMITS: 'off',
    ...database.environment,
    ...settings,
  });
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(Config)
    .useValue(config)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>(
    new DirectAdapter(new Cursors(config.sessionSecret)),
    { bodyParser: false, logger: false },
  );
  app.use(checkAnswers(() => app));
  configureHttp(app, bodyKinds);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();

  const mails = async (to: string): Promise<MailboxMail[]> => {
    const all = await (app.get(MailTransport) as Mailbox).mails();
    return all.filter((mail) => mail.to === to);
  };

  return {
    app,
    config,
    url,
    /** For the next browser or socket: of towns on two processes, it is not always the same. */
    nextUrl: () => url,
    environment: database.environment,
    get: app.get.bind(app) as NestExpressApplication['get'],
    /** Someone without a session. */
    anyone: () => request(url),
    /** A browser that keeps its cookies. */
    browser: () => request.agent(url),
    mails,
    /**
     * The newest mail to an address, once there are `count` of them: mails are sent by jobs.
     * One about a new device follows any log-in, sooner or later, and is not counted.
     */
    async mail(to: string, count = 1): Promise<MailboxMail> {
      return until(`mail number ${count} to ${to} came`, async () => {
        const found = (await mails(to)).filter(({ subject }) => subject !== NEW_DEVICE);
        return found.length >= count ? found[0] : null;
      });
    },
    /** The newest mail to an address with this subject, or with this in its text. */
    mailAbout: (to: string, about: string): Promise<MailboxMail> =>
      until(`a mail about “${about}” came to ${to}`, async () =>
        (await mails(to)).find(({ subject, text }) => subject === about || text.includes(about)),
      ),
    async close() {
      await app.close();
      await database.remove();
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** The token in a mailed link. */
export const tokenIn = (mail: MailboxMail): string => {
  const [, token] = /token=([\w-]+)/.exec(mail.text) ?? [];
  if (!token) throw new Error(`No link in: ${mail.text}`);
  return token;
};
