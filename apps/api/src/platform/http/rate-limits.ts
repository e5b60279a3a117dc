import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config/config.js';
import type { ViewerRequest } from './viewer.js';
import { refuse } from './problem.js';

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

export const RateLimit = (limit: Limit) => SetMetadata(LIMIT, limit);

@Injectable()
export class RateLimits {
  private readonly counters = new Map<string, RateLimiterMemory>();

  constructor(
    private readonly config: Config,
    private readonly reflector: Reflector,
  ) {}

  async check(context: ExecutionContext): Promise<void> {
    if (!this.config.rateLimits || context.getType() !== 'http') return;
    const request = context.switchToHttp().getRequest<ViewerRequest>();
    const own = this.reflector.get<Limit | undefined>(LIMIT, context.getHandler());
    if (!own && ['GET', 'HEAD'].includes(request.method)) return;
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
      const seconds = Math.ceil(refused.msBeforeNext / 1000);
      response.setHeader('Retry-After', String(seconds));
      throw refuse(
        'too-many-requests',
        `That was tried too often. Please wait ${inWords(seconds)}.`,
      );
    }
  }
}

/** One household of IPv6 addresses counts as one. */
function networkOf(address = ''): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6'
    ? (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':')
    : parsed.toString();
}

function accountOf(request: ViewerRequest): string | null {
  if (request.viewer) return request.viewer.userId;
  const email = (request.body as Request['body'] as { email?: unknown } | undefined)?.email;
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 254) : null;
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
