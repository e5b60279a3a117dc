import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** A request that is answered, or work in the background. */
interface Work {
  request: { id: string; response: Response } | null;
  /** How many statements the database has run for it */
  statements: number;
  /** For how long its statements have held the event loop since others last had their turn */
  heldMs: number;
}

const context = new AsyncLocalStorage<Work>();

export const currentWork = (): Work | undefined => context.getStore();

/** The id of the request that this work is done for, if it is done for one. */
export const currentRequestId = (): string | undefined => context.getStore()?.request?.id;

export const currentResponse = (): Response | undefined => context.getStore()?.request?.response;

/** The address that sent the request that this work is done for. */
export const currentAddress = (): string | undefined => currentResponse()?.req.ip;

/** Called by the database for every statement. */
export function countStatement(): void {
  const current = context.getStore();
  if (current) current.statements++;
}

export const statementsSoFar = (): number => context.getStore()?.statements ?? 0;

/** Nobody waits for the answer any more: the browser closed the connection before it came. */
export const isAbandoned = (): boolean => {
  const response = context.getStore()?.request?.response;
  return response !== undefined && response.closed && !response.writableFinished;
};

let lastRequest = -Infinity;

/** When the newest request came, by `performance.now()`. */
export const lastRequestAt = (): number => lastRequest;

/** The id is made here, never taken from the client: it names one request in the answer and in the log. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const id = randomUUID();
  request.id = id;
  response.setHeader('X-Request-Id', id);
  lastRequest = performance.now();
  context.run({ request: { id, response }, statements: 0, heldMs: 0 }, next);
}

/** For work that no request waits for: it gives way sooner. */
export const inBackground = <Result>(work: () => Result): Result =>
  context.run({ request: null, statements: 0, heldMs: 0 }, work);
