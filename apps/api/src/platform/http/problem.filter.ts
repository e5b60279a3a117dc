import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { PROBLEMS, type Problem, type ProblemName } from '@echomate/contracts/problems';
import type { Request, Response } from 'express';
import { writeProblem } from './problem-answer.js';
import { describeProblem, Refusal } from './problem.js';

const BY_STATUS: Partial<Record<number, ProblemName>> = {
  400: 'malformed-request',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  408: 'too-slow',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-type',
  429: 'too-many-requests',
  503: 'unavailable',
};

export const DETAILS: Partial<Record<ProblemName, string>> = {
  'malformed-request': 'The request is not in a form that can be read.',
  'not-signed-in': 'Log in to see this.',
  'not-found': 'It does not exist, or it is not visible to you.',
  'too-slow': 'What you were sending stopped or came too slowly. Please send it again.',
  'too-large': 'What you sent is larger than allowed.',
  'unsupported-type': 'Send JSON, or multipart/form-data where a file is expected.',
  'too-many-requests': 'Please wait a little before you try again.',
  internal: 'This is our fault, and it has been noted. Please try again later.',
};

/** Every refusal leaves as problem+json; what went wrong inside stays in the log, under the same id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = this.problemOf(error, String(request.id ?? ''));
    if (problem.status >= 500 && !(error instanceof Refusal))
      this.logger.error({ err: error, requestId: problem.requestId }, 'A request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    writeProblem(response, problem);
  }

  private problemOf(error: unknown, requestId: string): Problem {
    if (error instanceof Refusal)
      return describeProblem(error.problem, error.detail, requestId, error.fields);
    const name = BY_STATUS[statusOf(error)] ?? 'internal';
    return describeProblem(name, DETAILS[name] ?? PROBLEMS[name].title, requestId);
  }
}

/** Express middleware marks what is the client's fault with a status and `expose`. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (
    typeof error === 'object' &&
    error !== null &&
    'expose' in error &&
    error.expose === true &&
    'status' in error
  ) {
    return Number(error.status);
  }
  return 500;
}
