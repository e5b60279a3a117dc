import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { NOBODY, VIEWER_HEADER } from '@echomate/contracts/viewer-header';
import type { NextFunction, Request, Response } from 'express';

/** The viewer as every guarded route gets it. */
export interface RequestViewer {
  userId: string;
  sessionId: string;
}

/** Implemented by the module that keeps sessions; for requests, and for connections that have only a header. */
export abstract class Viewers {
  /** The viewer signed in by this `Cookie` header. */
  abstract ofCookies(header: string | undefined): Promise<RequestViewer | null>;

  /** Those of these sessions that are still open. */
  abstract areOpen(sessionIds: string[]): Promise<Set<string>>;
}

export type ViewerRequest = Request & { viewer?: RequestViewer };

/** Finds the viewer of every request, and says in the answer who it was. */
export const identified =
  (viewers: Viewers) =>
  (request: ViewerRequest, response: Response, next: NextFunction): void => {
    viewers.ofCookies(request.headers.cookie).then((viewer) => {
      if (viewer) request.viewer = viewer;
      response.setHeader(VIEWER_HEADER, viewer?.userId ?? NOBODY);
      next();
    }, next);
  };

export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestViewer => {
    const { viewer } = context.switchToHttp().getRequest<ViewerRequest>();
    if (!viewer) throw new Error('A public route asked who is signed in');
    return viewer;
  },
);
