import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../config/config.js';
import { UNSUBSCRIBE } from '../mail/mail.js';
import { refuse } from './problem.js';
import { bearerIn } from './viewer.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends our cookie with requests caused by other sites too, but states their origin. Programs that are not
 * browsers state no origin, and do not carry anyone else's cookie. A token is sent by no browser of its own accord, and
 * by no page of another site: that takes a permission which the API gives nobody.
 */
export function sameOrigin(config: Config) {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (SAFE.has(request.method) || bearerIn(request.headers) !== null) return next();
    const site = request.headers['sec-fetch-site'];
    const origin = request.headers.origin;
    const isOurs =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined ||
          origin === config.publicUrl.origin ||
          origin === `${request.protocol}://${request.host}`;
    next(isOurs ? undefined : refuse('foreign-origin'));
  };
}

/** The same for the first request of a socket, with which browsers state their origin even where they must not to HTTP. */
export function isOwnOrigin(config: Config, { headers }: IncomingMessage): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none';
  const protocol = headers['x-forwarded-proto'] ?? 'http';
  const host = headers['x-forwarded-host'] ?? headers.host;
  return origin === config.publicUrl.origin || origin === `${protocol}://${host}`;
}

const MAIL_PROGRAMS = new RegExp(`^/api/v1/${UNSUBSCRIBE}/[\\w-]+$`);

/** Forms of other sites can send text/plain and urlencoded without a preflight request; the API reads neither. */
export function acceptedTypes(request: Request, _response: Response, next: NextFunction) {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0;
  const isAccepted =
    !hasBody ||
    SAFE.has(request.method) ||
    MAIL_PROGRAMS.test(request.path) ||
    request.is(['application/json', 'multipart/form-data']);
  next(isAccepted ? undefined : refuse('unsupported-type'));
}
