import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** A request, or work in the background. */
interface Work {
  request: { id: string; response: Response } | null;
  /** How many statements the database has run for it */
  statements: number;
  /** Aborted when work in the background is to stop at the next opportunity; it will be resumed later */
  signal?: AbortSignal;
  /** How long its statements have taken since it last yielded; on SQLite they block the event loop */
  heldMs: number;
}

const context = new AsyncLocalStorage<Work>();

export const currentWork = (): Work | undefined => context.getStore();

/** The id of the current request, if there is one. */
export const currentRequestId = (): string | undefined => context.getStore()?.request?.id;

export const currentResponse = (): Response | undefined => context.getStore()?.request?.response;

/** The client address of the current request. */
export const currentAddress = (): string | undefined => currentResponse()?.req.ip;

/**
 * Whether the current request asks for something before it is wanted, as browsers do for links under the pointer; null
 * outside of requests.
 */
export const isAskedAhead = (): boolean | null => {
  const response = currentResponse();
  return response ? String(response.req.headers['sec-purpose']).startsWith('prefetch') : null;
};

/** Called by the database for every statement. */
export function countStatement(): void {
  const current = context.getStore();
  if (current) current.statements++;
}

export const statementsSoFar = (): number => context.getStore()?.statements ?? 0;

/** Whether the client closed the connection before the answer was sent. */
export const isAbandoned = (): boolean => {
  const response = context.getStore()?.request?.response;
  return response !== undefined && response.closed && !response.writableFinished;
};

let lastRequest = -Infinity;

/** When the newest request came in, by `performance.now()`. */
export const lastRequestAt = (): number => lastRequest;

let underWay = 0;

export const hasRequests = (): boolean => underWay > 0;

/** The id is generated here, never taken from the client, so it identifies one request in the answer and in the log. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const id = randomUUID();
  request.id = id;
  response.setHeader('X-Request-Id', id);
  lastRequest = performance.now();
  underWay++;
  response.once('close', () => underWay--);
  context.run({ request: { id, response }, statements: 0, heldMs: 0 }, next);
}

/** For work outside requests, which yields sooner. */
export const inBackground = <Result>(work: () => Result, signal?: AbortSignal): Result =>
  context.run({ request: null, statements: 0, heldMs: 0, signal }, work);
