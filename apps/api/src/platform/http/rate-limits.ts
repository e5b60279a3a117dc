import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { networkOf } from '@echomate/intake/network';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config/config.js';
import type { ViewerRequest } from './viewer.js';
import { refuse } from './problem.js';
import { ReadLimits } from './read-limits.js';

interface Limit {
  perMinutes: number;
  /** Requests from one address; homes and schools share one, so this is the wider of the two. */
  perAddress: number;
  /** Requests about one account: the signed-in one, or the email in the body. */
  perAccount: number;
}

const LIMIT = Symbol('rate limit');

/** Writing in general. Log-in, registration and whatever sends mail have narrower limits of their own. */
const WRITING: Limit = { perMinutes: 1, perAddress: 600, perAccount: 120 };

const READS_PICTURES = Symbol('reads pictures');

/** Of the bytes of pictures and films a page asks for many at once. */
export const ReadsPictures = () => SetMetadata(READS_PICTURES, true);

export const RateLimit = (limit: Limit) => SetMetadata(LIMIT, limit);

@Injectable()
export class RateLimits {
  private readonly counters = new Map<string, RateLimiterMemory>();
  private readonly reads = new ReadLimits();

  constructor(
    private readonly config: Config,
    private readonly reflector: Reflector,
  ) {}

  async check(context: ExecutionContext): Promise<void> {
    if (!this.config.rateLimits || context.getType() !== 'http') return;
    const request = context.switchToHttp().getRequest<ViewerRequest>();
    const own = this.reflector.get<Limit | undefined>(LIMIT, context.getHandler());
    if (!own && ['GET', 'HEAD'].includes(request.method)) return this.checkRead(context, request);
    const limit = own ?? WRITING;
    // Named by the handler, not by the path: no spelling of the path opens a fresh count.
    const route = own ? `${context.getClass().name}.${context.getHandler().name}` : 'writing';
    const response = context.switchToHttp().getResponse<Response>();
    await this.count(
      `${route} by address`,
      networkOf(request.ip),
      limit.perAddress,
      limit,
      response,
    );
    const account = accountOf(request);
    if (account)
      await this.count(`${route} by account`, account, limit.perAccount, limit, response);
  }

  private async count(
    route: string,
    who: string,
    allowed: number,
    { perMinutes }: Limit,
    response: Response,
  ): Promise<void> {
    let counter = this.counters.get(route);
    if (!counter) {
      counter = new RateLimiterMemory({
        keyPrefix: route,
        points: allowed,
        duration: perMinutes * 60,
      });
      this.counters.set(route, counter);
    }
    try {
      await counter.consume(who);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw tooOften(response, refused.msBeforeNext);
    }
  }

  private checkRead(context: ExecutionContext, request: ViewerRequest): void {
    const isPicture = this.reflector.get<boolean | undefined>(READS_PICTURES, context.getHandler());
    const wait = this.reads.count(
      isPicture ? 'pictures' : 'data',
      networkOf(request.ip),
      request.viewer?.userId ?? null,
    );
    if (wait !== null) throw tooOften(context.switchToHttp().getResponse<Response>(), wait);
  }
}

function tooOften(response: Response, waitMs: number) {
  const seconds = Math.ceil(waitMs / 1000);
  response.setHeader('Retry-After', String(seconds));
  return refuse('too-many-requests', `That was tried too often. Please wait ${inWords(seconds)}.`);
}

function accountOf(request: ViewerRequest): string | null {
  if (request.viewer) return request.viewer.userId;
  const email = (request.body as Request['body'] as { email?: unknown } | undefined)?.email;
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 254) : null;
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
