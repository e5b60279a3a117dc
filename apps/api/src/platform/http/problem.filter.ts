import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Problem } from '@echomate/contracts/problems';
import type { ReasonCode } from '@echomate/contracts/refusals';
import type { Request, Response } from 'express';
import { isReferenceToDeleted } from '../database/dialect.js';
import { writeProblem } from './problem-answer.js';
import { describeProblem, Refusal } from './problem.js';

const BY_STATUS: Partial<Record<number, ReasonCode>> = {
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

/** Every refusal is sent as problem+json; details of internal errors stay in the log, under the same id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = this.problemOf(error, String(request.id ?? ''));
    if (isReferenceToDeleted(error))
      this.logger.warn(
        { err: error, requestId: problem.requestId },
        'The account of the request was removed meanwhile',
      );
    if (problem.status >= 500 && !(error instanceof Refusal))
      this.logger.error({ err: error, requestId: problem.requestId }, 'A request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    writeProblem(response, problem);
  }

  private problemOf(error: unknown, requestId: string): Problem {
    return describeProblem(
      error instanceof Refusal ? error : new Refusal(reasonOf(error)),
      requestId,
    );
  }
}

function reasonOf(error: unknown): ReasonCode {
  // Everything else that a write refers to is looked up in its transaction, so it is the viewer's account that has gone.
  if (isReferenceToDeleted(error)) return 'not-signed-in';
  return BY_STATUS[statusOf(error)] ?? 'internal';
}

/** Express middleware marks client errors with a status and `expose`. */
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
