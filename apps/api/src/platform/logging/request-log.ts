import type { NextFunction, Request, Response } from 'express';
import { PinoLogger } from 'nestjs-pino';
import type { ViewerRequest } from '../http/viewer.js';

const QUIET = '/api/v1/health/';

const levelOf = (status: number) => (status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug');

/** One line for each request; `ProblemFilter` logs errors. Costs nothing at levels that are off. */
export function requestLog(request: Request, response: Response, next: NextFunction): void {
  const start = performance.now();
  response.once('close', () => {
    const { statusCode } = response;
    const level = levelOf(statusCode);
    if (!PinoLogger.root.isLevelEnabled(level) || request.originalUrl.startsWith(QUIET)) return;
    PinoLogger.root[level](
      {
        context: 'Request',
        requestId: request.id,
        method: request.method,
        // Only the path: a query may hold what someone searched for. Headers and bodies are never logged.
        path: request.originalUrl.split('?', 1)[0],
        status: response.writableFinished ? statusCode : 'abandoned',
        ms: Math.round(performance.now() - start),
        viewer: (request as ViewerRequest).viewer?.userId,
      },
      'answered',
    );
  });
  next();
}
