import type { NestExpressApplication } from '@nestjs/platform-express';
import { Config } from '../config/config.js';
import { Cursors } from './cursors.js';
import { forwardedHeaders, trustProxy } from './forwarded.js';
import { requestLog } from '../logging/request-log.js';
import { requestContext } from './request-context.js';
import { acceptedTypes, sameOrigin } from './same-origin.js';
import { securityHeaders } from './security-headers.js';
import { unreadBodies } from './unread-bodies.js';
import { validation } from './validation.js';

export const API_PREFIX = 'api/v1';

/** A film from a phone on a slow line; `receiveFile` ends those that fall silent. */
const LONGEST_REQUEST_MS = 20 * 60_000;

/** What every request passes before it reaches a module, in this order. */
export function configureHttp(app: NestExpressApplication): void {
  const config = app.get(Config);
  app.disable('x-powered-by');
  // Answers are personal and never stored, so computing an ETag for each would be work for nothing.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustProxy(config));
  app.use(
    requestContext,
    requestLog,
    unreadBodies,
    forwardedHeaders(config),
    securityHeaders,
    sameOrigin(config),
    acceptedTypes,
  );
  app.useBodyParser('json', { limit: '256kb', type: 'application/json' });
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalPipes(validation(new Cursors(config.sessionSecret)));
  app.enableShutdownHooks();
  app.getHttpServer().requestTimeout = LONGEST_REQUEST_MS;
}
