import { createClient } from '@redis/client';

const { TEST_REDIS_URL = 'redis://127.0.0.1:6379', CI } = process.env;

async function answers(): Promise<boolean> {
  const client = createClient({
    url: TEST_REDIS_URL,
    socket: { reconnectStrategy: false, connectTimeout: 2000 },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.close();
    return true;
  } catch {
    return false;
  }
}

const isThere = await answers();

/** For what is named; null without one, and says so. CI machines have one. */
export function redisFor(name: string): string | null {
  if (isThere || CI) return TEST_REDIS_URL;
  console.warn(`Skipped, because no Redis answers at ${TEST_REDIS_URL}: ${name}`);
  return null;
}

export const describeWithRedis = (name: string, tests: (url: string) => void): void =>
  (redisFor(name) ? describe : describe.skip)(name, () => tests(TEST_REDIS_URL));
