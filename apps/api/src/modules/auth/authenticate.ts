import type { Request, Response } from 'express';
import passport, { type Strategy } from 'passport';
import { refuse } from '../../platform/http/problem.js';

/**
 * Asks a passport strategy who sent the request. If the strategy fails with a refusal, that refusal is thrown. The
 * strategy is passed as an object, because passport's registry of names is global to the process.
 */
export function authenticate<Who extends object>(
  strategy: Strategy,
  request: Request,
  response: Response,
): Promise<Who> {
  // passport sets the callbacks of an attempt on the strategy, so every attempt gets an object of its own.
  const attempt = Object.create(strategy) as Strategy;
  return new Promise((resolve, reject) => {
    const done = (error: unknown, who?: object | false | null) => {
      if (error) reject(error as Error);
      else if (who) resolve(who as Who);
      else reject(refuse('wrong-credentials'));
    };
    passport.authenticate(attempt, { session: false }, done)(request, response, done);
  });
}
