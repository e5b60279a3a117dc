import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { cutUnread } from '@echomate/intake/unread';
import type { NextFunction, Request, Response } from 'express';
import { Config } from '../config/config.js';
import { BODY_KINDS, boundedBodies } from './bodies.js';
import { boundedConnections } from './connections.js';
import { Cursors } from './cursors.js';
import { forwardedHeaders, trustProxy } from './forwarded.js';
import { requestLog } from '../logging/request-log.js';
import { judgedBody, judgedQuery } from './judged-input.js';
import { notFound } from './problem.js';
import { requestContext } from './request-context.js';
import { acceptedTypes, sameOrigin } from './same-origin.js';
import { securityHeaders } from './security-headers.js';
import { validation } from './validation.js';

export const API_PREFIX = 'api/v1';
const OUR_PATHS = /^\/api\/(v1|docs)(?=[/-]|$)/i;

/** What every request passes before it reaches a module, in this order. */
export function configureHttp(app: NestExpressApplication, bodyKinds = BODY_KINDS): void {
  const config = app.get(Config);
  const server: Server = app.getHttpServer();
  app.disable('x-powered-by');
  // Answers are personal and never stored, so computing an ETag for each would be work for nothing.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustProxy(config));
  app.use(
    requestContext,
    requestLog,
    unreadBodies,
    forwardedHeaders(config, boundedConnections(server, config)),
    securityHeaders,
    ourPaths,
    sameOrigin(config),
    acceptedTypes,
    judgedQuery,
    boundedBodies(config, bodyKinds),
  );
  app.useBodyParser('json', { limit: '256kb', type: 'application/json', inflate: false });
  app.use(judgedBody);
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalPipes(validation(new Cursors(config.sessionSecret)));
  app.enableShutdownHooks();
}

function unreadBodies(request: Request, response: Response, next: NextFunction): void {
  cutUnread(request, response);
  next();
}

/** Nothing else answers for the rest, and what leads nowhere is a problem like any other. */
function ourPaths({ path }: Request, _response: Response, next: NextFunction): void {
  next(OUR_PATHS.test(path) ? undefined : notFound());
}
