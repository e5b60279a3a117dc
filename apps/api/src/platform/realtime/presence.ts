import { Injectable, Logger } from '@nestjs/common';
import { Redis } from '../redis/redis.js';

/** How long Redis believes in a socket whose process has gone silent. */
const BELIEVED_MS = 60_000;

/**
 * Who is connected: on this process, or with Redis on all of them, where every socket is an entry that expires unless
 * its process renews it.
 */
@Injectable()
export class Presence {
  private readonly logger = new Logger(Presence.name);
  protected readonly prefix: string = 'echomate:sockets:';
  private readonly here = new Map<string, Set<string>>();

  constructor(private readonly redis: Redis) {}

  /** Returns how many sockets the person has now. */
  async add(userId: string, socketId: string): Promise<number> {
    const own = this.here.get(userId) ?? new Set();
    this.here.set(userId, own.add(socketId));
    const elsewhere = await this.inRedis(async (client) => {
      const now = Date.now();
      const [, , count] = await client
        .multi()
        .zRemRangeByScore(this.keyOf(userId), 0, now)
        .zAdd(this.keyOf(userId), { score: now + BELIEVED_MS, value: socketId })
        .zCard(this.keyOf(userId))
        .pExpire(this.keyOf(userId), BELIEVED_MS)
        .exec();
      return Number(count);
    });
    return elsewhere ?? own.size;
  }

  async remove(userId: string, socketId: string): Promise<void> {
    const own = this.here.get(userId);
    own?.delete(socketId);
    if (own?.size === 0) this.here.delete(userId);
    await this.inRedis((client) => client.zRem(this.keyOf(userId), socketId));
  }

  /** Which of these people have a page open that is connected to this process. */
  onlineHere(userIds: string[]): string[] {
    return userIds.filter((id) => this.here.has(id));
  }

  /** Which of these people have a page open. */
  async online(userIds: string[]): Promise<Set<string>> {
    const here = this.onlineHere(userIds);
    const others = userIds.filter((id) => !this.here.has(id));
    if (!others.length) return new Set(here);
    const counts = await this.inRedis((client) => {
      const now = Date.now();
      return Promise.all(others.map((id) => client.zCount(this.keyOf(id), now, '+inf')));
    });
    return new Set([...here, ...others.filter((_, at) => counts?.[at])]);
  }

  /** Called from time to time, so that the sockets of this process stay known. */
  async renew(): Promise<void> {
    if (!this.here.size) return;
    await this.inRedis(async (client) => {
      const score = Date.now() + BELIEVED_MS;
      await Promise.all(
        [...this.here].flatMap(([userId, sockets]) => [
          client.zAdd(
            this.keyOf(userId),
            [...sockets].map((value) => ({ score, value })),
          ),
          client.pExpire(this.keyOf(userId), BELIEVED_MS),
        ]),
      );
    });
  }

  private keyOf(userId: string): string {
    return `${this.prefix}${userId}`;
  }

  /** Null without Redis; while it is away, this process knows only its own sockets. */
  private async inRedis<Answer>(
    ask: (client: NonNullable<Redis['client']>) => Promise<Answer>,
  ): Promise<Answer | null> {
    if (!this.redis.client) return null;
    try {
      return await ask(this.redis.client);
    } catch (error) {
      this.logger.warn({ err: error }, 'Redis did not answer about who is online');
      return null;
    }
  }
}

/** Who is looking at a page right now: it is open and visible. */
@Injectable()
export class Looking extends Presence {
  protected override readonly prefix = 'echomate:looking:';
}
