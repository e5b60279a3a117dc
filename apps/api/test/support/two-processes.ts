import request from 'supertest';
import { startTestApp, type TestApp } from './test-app.js';
import { createTestDatabase } from './test-database.js';

/** Two processes with one database and one Redis. */
async function startTwo(settings: Record<string, string>) {
  const database = await createTestDatabase();
  const nodes: [TestApp, TestApp] = [
    await startTestApp(settings, undefined, database),
    await startTestApp(settings, undefined, database),
  ];
  return {
    nodes,
    async close() {
      for (const { app } of nodes) await app.close();
      await database.remove();
    },
  };
}

/** For the tests of a block. */
export function useTwoProcesses(REDIS_URL: string): () => [TestApp, TestApp] {
  let two: Awaited<ReturnType<typeof startTwo>>;
  beforeAll(async () => {
    two = await startTwo({ REDIS_URL });
  });
  afterAll(() => two.close());
  return () => two.nodes;
}

let sharedRedis: string | null = null;

/** From now on, towns are two processes that share this Redis. */
export const onTwoProcesses = (redisUrl: string): void => {
  sharedRedis = redisUrl;
};

/** An api; or two, which browsers and sockets use in turn. */
export async function startTown(settings: Record<string, string> = {}): Promise<TestApp> {
  if (!sharedRedis) return startTestApp(settings);
  const { nodes, close } = await startTwo({ ...settings, REDIS_URL: sharedRedis });
  let turn = 0;
  const nextUrl = () => nodes[turn++ % nodes.length]!.url;
  return { ...nodes[0], nextUrl, browser: () => request.agent(nextUrl()), close };
}
