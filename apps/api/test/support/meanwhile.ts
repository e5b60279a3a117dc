import { Database } from '../../src/platform/database/database.service.js';
import { currentRequestId } from '../../src/platform/http/request-context.js';
import type { TestApp } from './test-app.js';

type Asked = 'many' | 'transaction';

/**
 * Runs a request, and makes a change right before the given statement of it, or the transaction that it waits for: a
 * race that a busy server has by chance, made repeatable. Returns whether the request got that far.
 */
export async function meanwhile<Answer>(
  app: TestApp,
  asked: Asked,
  before: number,
  happen: () => Promise<unknown>,
  request: () => PromiseLike<Answer>,
): Promise<{ answer: Answer; happened: boolean }> {
  const database = app.get(Database);
  const original = database[asked] as (...given: unknown[]) => Promise<unknown>;
  let count = 0;
  let happened: Promise<unknown> | null = null;
  const restore = () => Reflect.deleteProperty(database, asked);
  const interrupted = async (...given: unknown[]): Promise<unknown> => {
    // Statements of jobs are not counted.
    if (currentRequestId() === undefined || ++count < before)
      return original.apply(database, given);
    restore();
    await (happened ??= happen());
    return original.apply(database, given);
  };
  Object.defineProperty(database, asked, { value: interrupted, configurable: true });
  try {
    return { answer: await request(), happened: happened !== null };
  } finally {
    restore();
  }
}
