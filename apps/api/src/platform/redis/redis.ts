import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { RedisClientType } from '@redis/client';

const MUST_ANSWER_WITHIN_MS = 10_000;

/** The connection to the Redis that several api processes share; null where a single process needs none. */
export class Redis implements OnApplicationShutdown {
  private constructor(readonly client: RedisClientType | null) {}

  static async connect(url: string | null): Promise<Redis> {
    if (!url) return new Redis(null);
    // Most installations have no Redis: they need not load it.
    const { createClient } = await import('@redis/client');
    // Commands fail at once while Redis is away: requests must not wait for it.
    const client = createClient({ url, disableOfflineQueue: true });
    const logger = new Logger(Redis.name);
    client.on('error', (error: Error) => logger.warn(`Redis: ${error.message || error.name}`));
    const timer = setTimeout(() => client.destroy(), MUST_ANSWER_WITHIN_MS);
    try {
      await client.connect();
    } catch {
      throw new Error('REDIS_URL: no Redis answers there');
    } finally {
      clearTimeout(timer);
    }
    return new Redis(client as RedisClientType);
  }

  /** Another connection, which waits while Redis is away. */
  patientClient(): RedisClientType | null {
    return this.client?.duplicate({ disableOfflineQueue: false }) ?? null;
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.client?.isOpen) await this.client.close();
  }
}
