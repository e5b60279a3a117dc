import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../config/config.js';
import { refuse } from './problem.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends our cookie along with whatever another site makes it send, but says where that came
 * from. Programs that are not browsers say nothing, and carry no one else's cookie.
 */
export function sameOrigin(config: Config) {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (SAFE.has(request.method)) return next();
    const site = request.headers['sec-fetch-site'];
    const origin = request.headers.origin;
    const isOurs =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined ||
          origin === config.publicUrl.origin ||
          origin === `${request.protocol}://${request.host}`;
    next(
      isOurs
        ? undefined
        : refuse('foreign-origin', 'For your safety this can only be done from our own pages.'),
    );
  };
}

/** Forms of other sites can send text/plain and urlencoded without asking; we read neither. */
export function acceptedTypes(request: Request, _response: Response, next: NextFunction) {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0;
  const isAccepted =
    !hasBody || SAFE.has(request.method) || request.is(['application/json', 'multipart/form-data']);
  next(
    isAccepted
      ? undefined
      : refuse('unsupported-type', 'Send JSON, or multipart/form-data where a file is expected.'),
  );
}
