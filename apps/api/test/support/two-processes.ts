import request from 'supertest';
import { startTestApp, type TestApp } from './test-app.js';
import { createTestDatabase } from './test-database.js';

let sharedRedis: string | null = null;

/** From now on, towns are two processes with one database and this Redis. */
export const onTwoProcesses = (redisUrl: string): void => {
  sharedRedis = redisUrl;
};

/** An api; or two, and browsers and sockets use one and the other in turn. */
export async function startTown(): Promise<TestApp> {
  if (!sharedRedis) return startTestApp();
  const database = await createTestDatabase();
  const nodes: TestApp[] = [];
  for (let at = 0; at < 2; at++)
    nodes.push(await startTestApp({ REDIS_URL: sharedRedis }, undefined, database));
  let asked = 0;
  const nextUrl = () => nodes[asked++ % nodes.length]!.url;
  return {
    ...nodes[0]!,
    nextUrl,
    browser: () => request.agent(nextUrl()),
    async close() {
      for (const { app } of nodes) await app.close();
      await database.remove();
    },
  };
}
