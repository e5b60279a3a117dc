import type { NextFunction, Request, Response } from 'express';
import { Bodies, type BodyKind, type Objection } from '@echomate/intake/bodies';
import { LIMITS } from '@echomate/contracts/limits';
import type { Config } from '../config/config.js';
import { sendProblem } from './problem-answer.js';
import { DETAILS } from './problem.filter.js';
import { refuse } from './problem.js';

const KB = 1024;
const MB = 1024 * KB;

export type BodyKinds = Record<'inMemory' | 'file', BodyKind>;

/** JSON is held in memory, files go to the disk as they come. */
export const BODY_KINDS: BodyKinds = {
  inMemory: {
    maxBytes: 256 * KB,
    perNetwork: { bytes: 8 * MB, bodies: 200 },
    inAll: { bytes: 48 * MB, bodies: 2000 },
    pace: { silenceMs: 15_000, wholeMs: 30_000, graceMs: 30_000, bytesPerSecond: 0 },
  },
  file: {
    maxBytes: LIMITS.media.maxVideoBytes + MB,
    perNetwork: { bytes: 2048 * MB, bodies: 50 },
    inAll: { bytes: 16_384 * MB, bodies: 400 },
    // The largest video over a line of 1 Mbit/s takes 28 minutes.
    pace: { silenceMs: 15_000, wholeMs: 40 * 60_000, graceMs: 30_000, bytesPerSecond: 4 * KB },
  },
};

const REFUSALS = {
  'too-large': refuse('too-large', DETAILS['too-large']!),
  'too-many': refuse(
    'too-many-requests',
    'Too much is being sent from your network right now. Please try again in a moment.',
  ),
  busy: refuse(
    'unavailable',
    'Too much is being sent to us right now. Please try again in a moment.',
  ),
  'too-slow': refuse('too-slow', DETAILS['too-slow']!),
} satisfies Record<Objection, unknown>;

const RETRY_AFTER_SECONDS = '10';

/** Before anything of a body is read: there is room for it, and from now on it moves or ends. */
export function boundedBodies(config: Config, kinds: BodyKinds) {
  const bodies = new Bodies((objection, _request, response) => {
    if (objection === 'too-many' || objection === 'busy')
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    sendProblem(response as Response, REFUSALS[objection]);
  }, config.rateLimits);
  return (request: Request, response: Response, next: NextFunction): void => {
    const kind = request.is('multipart/form-data') ? kinds.file : kinds.inMemory;
    if (bodies.admit(request, response, request.ip, kind)) next();
  };
}
