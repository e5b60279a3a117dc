import type { NextFunction, Request, Response } from 'express';
import { Bodies, type BodyKind, type Objection } from '@echomate/intake/bodies';
import { LIMITS } from '@echomate/contracts/limits';
import type { Config } from '../config/config.js';
import { sendProblem } from './problem-answer.js';
import { refuse } from './problem.js';

const KB = 1024;
const MB = 1024 * KB;

export type BodyKinds = Record<'inMemory' | 'file', BodyKind>;

/** JSON is held in memory; files are streamed to the disk. */
export const BODY_KINDS: BodyKinds = {
  inMemory: {
    maxBytes: 256 * KB,
    perNetwork: { bytes: 8 * MB, bodies: 200 },
    inAll: { bytes: 48 * MB, bodies: 2000 },
    pace: { silenceMs: 15_000, wholeMs: 30_000, graceMs: 30_000, bytesPerSecond: 0 },
  },
  file: {
    // Every route has a limit of its own, which most files are refused by.
    maxBytes: LIMITS.import.maxBytes + MB,
    perNetwork: { bytes: 2048 * MB, bodies: 50 },
    inAll: { bytes: 16_384 * MB, bodies: 400 },
    // The largest video takes 28 minutes at 1 Mbit/s.
    pace: { silenceMs: 15_000, wholeMs: 40 * 60_000, graceMs: 30_000, bytesPerSecond: 4 * KB },
  },
};

const REFUSALS = {
  'too-large': refuse('too-large'),
  'too-many': refuse('too-much-at-once'),
  busy: refuse('unavailable'),
  'too-slow': refuse('too-slow'),
} satisfies Record<Objection, unknown>;

const RETRY_AFTER_SECONDS = '10';

/** Runs before a body is read: checks that there is room, and ends bodies that stop arriving. */
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
