import type { IncomingHttpHeaders } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Scope } from '@echomate/contracts/scopes';
import { NOBODY, VIEWER_HEADER } from '@echomate/contracts/viewer-header';
import type { NextFunction, Request, Response } from 'express';

/** The viewer as every guarded route gets it. */
export interface RequestViewer {
  userId: string;
  /** The session, or the program that acts for its owner */
  sessionId: string;
  /** What a program may do; a session has none, and may do everything */
  scopes?: readonly Scope[];
}

/** Whether a program may do this; a session may do everything. */
export const isInScope = ({ scopes }: RequestViewer, scope: Scope): boolean =>
  scopes === undefined || scopes.includes(scope);

/** Implemented by the module that keeps sessions; for requests, and for connections that have only a header. */
export abstract class Viewers {
  /** The viewer signed in by this `Cookie` header. */
  abstract ofCookies(header: string | undefined): Promise<RequestViewer | null>;

  /**
   * The viewer of a request by these headers: a session's cookie, or a program's token. Refuses a token that is not
   * valid, and both at once.
   */
  abstract of(headers: IdentityHeaders): Promise<RequestViewer | null>;

  /** Those of these sessions that are still open. */
  abstract areOpen(sessionIds: string[]): Promise<Set<string>>;
}

export type IdentityHeaders = Pick<IncomingHttpHeaders, 'authorization' | 'cookie'>;

/** The token in a header; null for other ways to authenticate, with which a proxy may ask for a password of its own. */
export const bearerIn = ({ authorization }: IdentityHeaders): string | null =>
  /^Bearer(?: +(.*))?$/i
    .exec(authorization ?? '')
    ?.slice(1)
    .map((token) => token ?? '')[0] ?? null;

export type ViewerRequest = Request & { viewer?: RequestViewer };

/** Finds the viewer of every request, and says in the answer who it was. */
export const identified =
  (viewers: Viewers) =>
  (request: ViewerRequest, response: Response, next: NextFunction): void => {
    viewers.of(request.headers).then(
      (viewer) => {
        if (viewer) request.viewer = viewer;
        response.setHeader(VIEWER_HEADER, viewer?.userId ?? NOBODY);
        next();
      },
      (error: unknown) => {
        if (bearerIn(request.headers) !== null)
          response.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
        next(error);
      },
    );
  };

export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestViewer => {
    const { viewer } = context.switchToHttp().getRequest<ViewerRequest>();
    if (!viewer) throw new Error('A public route asked who is signed in');
    return viewer;
  },
);
