import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { networkOf } from '@echomate/intake/network';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { Config } from '../config/config.js';
import { Redis } from '../redis/redis.js';
import type { ViewerRequest } from './viewer.js';
import { refuse } from './problem.js';
import { ReadLimits } from './read-limits.js';
import { currentAddress, currentResponse } from './request-context.js';

interface Limit {
  perMinutes: number;
  /** Requests from one address, which homes and schools share: so this is the higher limit. */
  perAddress: number;
  /** Requests of the signed-in account. */
  perAccount?: number;
  /**
   * Requests of one session, for routes that check a password: a thief with one session does not use up the owner's
   * tries in another.
   */
  perSession?: number;
}

const LIMIT = Symbol('rate limit');

/** All writing requests. Log-in, registration and mails have lower limits of their own. */
const WRITING: Limit = { perMinutes: 1, perAddress: 600, perAccount: 120 };

const READS_PICTURES = Symbol('reads pictures');

/** For the bytes of media, of which a page loads many at once. */
export const ReadsPictures = () => SetMetadata(READS_PICTURES, true);

export const RateLimit = (limit: Limit) => SetMetadata(LIMIT, limit);

/** For routes that ask for the password again. */
export const PROVES_PASSWORD = { perMinutes: 15, perAddress: 300, perSession: 20 };

/** For routes whose body names an account: they count by more than the account, in their own code. */
export const CountsItself = () => SetMetadata(LIMIT, null);

@Injectable()
export class RateLimits {
  private readonly counters = new Map<string, RateLimiterAbstract>();
  private readonly reads = new ReadLimits();

  constructor(
    private readonly config: Config,
    private readonly reflector: Reflector,
    private readonly redis: Redis,
  ) {}

  async check(context: ExecutionContext): Promise<void> {
    if (!this.config.rateLimits || context.getType() !== 'http') return;
    const request = context.switchToHttp().getRequest<ViewerRequest>();
    const own = this.reflector.get<Limit | null | undefined>(LIMIT, context.getHandler());
    if (own === null) return;
    if (!own && ['GET', 'HEAD'].includes(request.method)) return this.checkRead(context, request);
    const limit = own ?? WRITING;
    // By the handler, not by the path, so that another spelling of the path has no counter of its own.
    const route = own ? `${context.getClass().name}.${context.getHandler().name}` : 'writing';
    const { perMinutes, perAddress, perAccount, perSession } = limit;
    await this.count(`${route} by address`, currentNetwork(), perAddress, perMinutes);
    if (!request.viewer) return;
    const { userId, sessionId } = request.viewer;
    if (perAccount) await this.count(`${route} by account`, userId, perAccount, perMinutes);
    if (perSession) await this.count(`${route} by session`, sessionId, perSession, perMinutes);
  }

  /** Counts a try, and throws a refusal if there were too many. */
  async count(what: string, who: string, allowed: number, perMinutes: number): Promise<void> {
    const seconds = await this.secondsToWait(what, who, allowed, perMinutes);
    if (seconds > 0) throw tooOften(seconds);
  }

  /** Counts a try, and returns whether it is within the limit. */
  async isWithin(what: string, who: string, allowed: number, perMinutes: number): Promise<boolean> {
    return (await this.secondsToWait(what, who, allowed, perMinutes)) === 0;
  }

  /** Reverts the count of a try. */
  async uncount(what: string, who: string): Promise<void> {
    await this.counters.get(what)?.reward(who);
  }

  private async secondsToWait(
    what: string,
    who: string,
    allowed: number,
    perMinutes: number,
  ): Promise<number> {
    if (!this.config.rateLimits) return 0;
    let counter = this.counters.get(what);
    if (!counter) {
      counter = this.counter(what, allowed, perMinutes);
      this.counters.set(what, counter);
    }
    try {
      await counter.consume(who);
      return 0;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    }
  }

  /** In this process, or with Redis in all of them together; while it is away each counts by itself. */
  private counter(what: string, points: number, perMinutes: number): RateLimiterAbstract {
    const options = { keyPrefix: what, points, duration: perMinutes * 60 };
    const here = new RateLimiterMemory(options);
    if (!this.redis.client) return here;
    return new RateLimiterRedis({
      ...options,
      keyPrefix: `echomate:${what}`,
      storeClient: this.redis.client,
      useRedisPackage: true,
      insuranceLimiter: here,
    });
  }

  private checkRead(context: ExecutionContext, request: ViewerRequest): void {
    const isPicture = this.reflector.get<boolean | undefined>(READS_PICTURES, context.getHandler());
    const waitMs = this.reads.count(
      isPicture ? 'pictures' : 'data',
      currentNetwork(),
      request.viewer?.userId ?? null,
    );
    if (waitMs !== null) throw tooOften(Math.ceil(waitMs / 1000));
  }
}

/** The network address of the request. An IPv6 household counts as one. */
export const currentNetwork = (): string => networkOf(currentAddress());

function tooOften(seconds: number) {
  currentResponse()?.setHeader('Retry-After', String(seconds));
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 1 ? refuse('too-many-requests') : refuse('wait-minutes', { minutes });
}
