import { jest } from '@jest/globals';
import { Database } from '../../src/platform/database/database.service.js';
import type { Sql } from '../../src/platform/database/statements.js';
import { currentResponse } from '../../src/platform/http/request-context.js';
import type { TestApp } from './test-app.js';

/** How many statements it takes to read something; pushes and jobs of earlier requests don't count. */
export async function statementsOf(app: TestApp, ask: () => PromiseLike<unknown>): Promise<number> {
  const database = app.get(Database);
  const many = database.many.bind(database);
  let count = 0;
  const spy = jest.spyOn(database, 'many').mockImplementation((query) => {
    if (currentResponse()?.req.method === 'GET') count++;
    return many(query) as never;
  });
  await ask();
  spy.mockRestore();
  return count;
}

/** Changes rows past the api. */
export const run = (app: TestApp, statement: Sql) =>
  app.get(Database).transaction((transaction) => transaction.run(statement));
