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

/** Null without one; CI machines have one. */
export const redisUrl = isThere || CI ? TEST_REDIS_URL : null;

/** What needs a Redis; without one it is skipped, except on CI machines, which have one. */
export const describeWithRedis = (name: string, tests: (url: string) => void): void => {
  if (!isThere && !CI)
    console.warn(`Skipped, because no Redis answers at ${TEST_REDIS_URL}: ${name}`);
  (isThere || CI ? describe : describe.skip)(name, () => tests(TEST_REDIS_URL));
};
