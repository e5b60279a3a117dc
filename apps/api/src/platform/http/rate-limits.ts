import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { networkOf } from '@echomate/intake/network';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config/config.js';
import type { ViewerRequest } from './viewer.js';
import { refuse } from './problem.js';
import { ReadLimits } from './read-limits.js';
import { currentAddress, currentResponse } from './request-context.js';

interface Limit {
  perMinutes: number;
  /** Requests from one address; homes and schools share one, so this is the wider of the two. */
  perAddress: number;
  /** Requests of the signed-in account. */
  perAccount?: number;
  /**
   * Requests of one session, where a password is tried: whoever has got hold of one session uses up none
   * of the owner's tries in another.
   */
  perSession?: number;
}

const LIMIT = Symbol('rate limit');

/** Writing in general. Log-in, registration and whatever sends mail have narrower limits of their own. */
const WRITING: Limit = { perMinutes: 1, perAddress: 600, perAccount: 120 };

const READS_PICTURES = Symbol('reads pictures');

/** Of the bytes of pictures and videos a page asks for many at once. */
export const ReadsPictures = () => SetMetadata(READS_PICTURES, true);

export const RateLimit = (limit: Limit) => SetMetadata(LIMIT, limit);

/** For routes about an account that is named in the body: they count for themselves, by more than its name. */
export const CountsItself = () => SetMetadata(LIMIT, null);

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
    const own = this.reflector.get<Limit | null | undefined>(LIMIT, context.getHandler());
    if (own === null) return;
    if (!own && ['GET', 'HEAD'].includes(request.method)) return this.checkRead(context, request);
    const limit = own ?? WRITING;
    // Named by the handler, not by the path: no spelling of the path opens a fresh count.
    const route = own ? `${context.getClass().name}.${context.getHandler().name}` : 'writing';
    const { perMinutes, perAddress, perAccount, perSession } = limit;
    await this.count(`${route} by address`, currentNetwork(), perAddress, perMinutes);
    if (!request.viewer) return;
    const { userId, sessionId } = request.viewer;
    if (perAccount) await this.count(`${route} by account`, userId, perAccount, perMinutes);
    if (perSession) await this.count(`${route} by session`, sessionId, perSession, perMinutes);
  }

  /** Counts one try of something, and refuses it if there were too many. */
  async count(what: string, who: string, allowed: number, perMinutes: number): Promise<void> {
    const seconds = await this.secondsToWait(what, who, allowed, perMinutes);
    if (seconds > 0) throw tooOften(seconds);
  }

  /** Counts one try of something, and tells whether it is still within the limit. */
  async isWithin(what: string, who: string, allowed: number, perMinutes: number): Promise<boolean> {
    return (await this.secondsToWait(what, who, allowed, perMinutes)) === 0;
  }

  /** A try that was counted, but should not have been. */
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
      counter = new RateLimiterMemory({
        keyPrefix: what,
        points: allowed,
        duration: perMinutes * 60,
      });
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

/** Where the request comes from. One household of IPv6 addresses counts as one. */
export const currentNetwork = (): string => networkOf(currentAddress());

function tooOften(seconds: number) {
  currentResponse()?.setHeader('Retry-After', String(seconds));
  return refuse('too-many-requests', `That was tried too often. Please wait ${inWords(seconds)}.`);
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
