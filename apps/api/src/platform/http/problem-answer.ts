import type { Response } from 'express';
import type { Problem } from '@echomate/contracts/problems';
import { describeProblem, type Refusal } from './problem.js';

export function writeProblem(response: Response, problem: Problem): void {
  response
    .status(problem.status)
    .type('application/problem+json')
    .setHeader('Cache-Control', 'private, no-store')
    .send(JSON.stringify(problem));
}

/** For refusals before Nest handles the request. */
export function sendProblem(response: Response, refusal: Refusal): void {
  writeProblem(response, describeProblem(refusal, String(response.req.id ?? '')));
}
