import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { compressWhole } from '@echomate/intake/compression';
import { cutUnread } from '@echomate/intake/unread';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Config } from '../config/config.js';
import { BODY_KINDS, boundedBodies } from './bodies.js';
import { boundedConnections } from './connections.js';
import { Cursors } from './cursors.js';
import { forwardedHeaders, trustProxy } from './forwarded.js';
import { requestLog } from '../logging/request-log.js';
import { RealtimeAdapter } from '../realtime/realtime.adapter.js';
import { judgedBody, judgedQuery } from './judged-input.js';
import { notFound } from './problem.js';
import { requestContext } from './request-context.js';
import { acceptedTypes, sameOrigin } from './same-origin.js';
import { securityHeaders } from './security-headers.js';
import { validation } from './validation.js';
import { identified, Viewers } from './viewer.js';

export const API_PREFIX = 'api/v1';
const OUR_PATHS = /^\/api\/(v1|docs)(?=[/-]|$)/i;

/** The middleware of every request, in this order. */
export function configureHttp(app: NestExpressApplication, bodyKinds = BODY_KINDS): void {
  const config = app.get(Config);
  const server: Server = app.getHttpServer();
  const settleForwarded = forwardedHeaders(config, boundedConnections(server, config));
  app.disable('x-powered-by');
  // Answers are personal and never cached, so an ETag for each would be wasted work.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustProxy(config));
  app.use(
    inOrder([
      requestContext,
      requestLog,
      unreadBodies,
      compression,
      (request, _response, next) => {
        settleForwarded(request);
        next();
      },
      securityHeaders,
      ourPaths,
      sameOrigin(config),
      acceptedTypes,
      judgedQuery,
      boundedBodies(config, bodyKinds),
    ]),
  );
  app.useBodyParser('json', { limit: '256kb', type: 'application/json', inflate: false });
  app.use(inOrder([judgedBody, identified(app.get(Viewers))]));
  app.useWebSocketAdapter(new RealtimeAdapter(app, settleForwarded));
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalPipes(validation(new Cursors(config.sessionSecret)));
  app.enableShutdownHooks();
}

/** One middleware of several: Express takes longer to come to the next one than most of them take. */
function inOrder(steps: RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let at = 0;
    const go = (error?: unknown): void => {
      const step = error ? undefined : steps[at++];
      if (!step) return next(error);
      try {
        void step(request, response, go);
      } catch (thrown) {
        next(thrown);
      }
    };
    go();
  };
}

function unreadBodies(request: Request, response: Response, next: NextFunction): void {
  cutUnread(request, response);
  next();
}

function compression(request: Request, response: Response, next: NextFunction): void {
  compressWhole(request, response);
  next();
}

/** Paths outside the API get a problem like any other refusal. */
function ourPaths({ path }: Request, _response: Response, next: NextFunction): void {
  next(OUR_PATHS.test(path) ? undefined : notFound());
}
