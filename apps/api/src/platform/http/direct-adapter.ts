import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import type { Cursors } from './cursors.js';
import { statementsSoFar } from './request-context.js';
import { routedByResource } from './routed-by-resource.js';

const isPlain = (body: unknown): body is object => {
  if (typeof body !== 'object' || body === null) return false;
  const prototype: unknown = Object.getPrototypeOf(body);
  return prototype === Object.prototype || prototype === Array.prototype;
};

/** Sends plain objects as JSON with encrypted cursors, without Express's handling of charset, type and freshness. */
export class DirectAdapter extends ExpressAdapter {
  /** Adds a header with the number of database statements; for development, never in production. */
  showsStatements = false;

  constructor(private readonly cursors: Cursors) {
    super(routedByResource());
  }

  override reply(response: Response, answer: unknown, statusCode?: number) {
    const body = isPlain(answer) ? this.cursors.sealIn(answer) : answer;
    if (!isPlain(body) || response.getHeader('Content-Type')) {
      return super.reply(response, body, statusCode) as unknown;
    }
    if (statusCode) response.statusCode = statusCode;
    const text = JSON.stringify(body);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(text));
    if (this.showsStatements)
      response.setHeader('Server-Timing', `statements;desc=${statementsSoFar()}`);
    response.end(text);
  }
}
