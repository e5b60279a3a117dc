import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Redis } from '../redis/redis.js';

const KEY = 'echomate:processes';
const BEAT_EVERY_MS = 2000;
/** How long a process may be silent before it counts as gone. */
const BELIEVED_MS = 8000;

/** Which api processes share the Redis. What one of them had still to push when it ended, nobody pushes. */
@Injectable()
export class Processes implements OnApplicationShutdown {
  private readonly logger = new Logger(Processes.name);
  private readonly own = uuid();
  private known = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly redis: Redis) {}

  /** Calls back whenever another process has ended, cleanly or not. */
  watch(onEnd: () => void): void {
    if (!this.redis.client) return;
    this.timer = setInterval(() => void this.beat(onEnd), BEAT_EVERY_MS);
    this.timer.unref();
    void this.beat(onEnd);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    if (this.redis.client?.isOpen)
      await this.redis.client.zRem(KEY, this.own).catch(() => undefined);
  }

  private async beat(onEnd: () => void): Promise<void> {
    const now = Date.now();
    try {
      const [, , alive] = await this.redis
        .client!.multi()
        .zRemRangeByScore(KEY, 0, now)
        .zAdd(KEY, { score: now + BELIEVED_MS, value: this.own })
        .zRange(KEY, 0, -1)
        .exec();
      const before = this.known;
      this.known = new Set(alive as unknown as string[]);
      if ([...before].some((one) => !this.known.has(one))) onEnd();
    } catch (error) {
      this.logger.warn({ err: error }, 'Redis did not answer about other processes');
    }
  }
}
