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

/** For what is refused before Nest hears of it. */
export function sendProblem(response: Response, { problem, detail, fields }: Refusal): void {
  const requestId = String(response.req.id ?? '');
  writeProblem(response, describeProblem(problem, detail, requestId, fields));
}
