import { createTestDatabase, type TestDatabase } from './test-database.js';
import { startTestApp, type TestApp } from './test-app.js';

/** Two processes with one database and one Redis, for the tests of a block. */
export function useTwoNodes(REDIS_URL: string): () => [TestApp, TestApp] {
  let database: TestDatabase;
  let nodes: [TestApp, TestApp];
  beforeAll(async () => {
    database = await createTestDatabase();
    nodes = [
      await startTestApp({ REDIS_URL }, undefined, database),
      await startTestApp({ REDIS_URL }, undefined, database),
    ];
  });
  afterAll(async () => {
    for (const node of nodes) await node.app.close();
    await database.remove();
  });
  return () => nodes;
}
