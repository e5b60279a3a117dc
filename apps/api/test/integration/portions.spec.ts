import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { asRule } from '../../src/access/rule.js';
import { Database } from '../../src/platform/database/database.service.js';
import { findInPortions } from '../../src/platform/database/portions.js';
import { sql } from '../../src/platform/database/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ROWS = 2600;

let app: TestApp;
let database: Database;
let ids: string[];
beforeAll(async () => {
  app = await startTestApp();
  database = app.get(Database);
  ids = Array.from({ length: ROWS }, (_, at) => uuid({ msecs: 1_700_000_000_000 + at }));
  await database.transaction(async (transaction) => {
    await transaction.run(sql`CREATE TABLE things (id text PRIMARY KEY, place integer NOT NULL)`);
    for (const [place, id] of ids.entries())
      await transaction.run(sql`INSERT INTO things (id, place) VALUES (${id}, ${place})`);
  });
});
afterAll(() => app.close());

const page = (
  from: number,
  upTo: number,
  before: string | null,
  limit: number,
  order: 'newest first' | 'oldest first',
) =>
  findInPortions<{ id: string; place: number }>(
    database,
    {
      rows: sql`things t WHERE t.place >= 0`,
      id: sql`t.id`,
      columns: { place: sql`t.place` },
      rule: asRule(sql`t.place BETWEEN ${from} AND ${upTo}`),
    },
    before,
    limit,
    { order },
  );

describe('a list of which much is hidden', () => {
  it('shows everything else, once and in order, at any position', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(ROWS),
        fc.nat(60),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('newest first' as const, 'oldest first' as const),
        async (from, length, limit, order) => {
          const seen: number[] = [];
          let last: string | null = null;
          for (;;) {
            const rows: { id: string; place: number }[] = await page(
              from,
              from + length,
              last,
              limit,
              order,
            );
            seen.push(...rows.map(({ place }) => place));
            if (rows.length < limit) break;
            last = rows.at(-1)!.id;
          }
          const all = Array.from({ length: length + 1 }, (_, at) => from + at).filter(
            (place) => place < ROWS,
          );
          expect(seen).toEqual(order === 'oldest first' ? all : all.reverse());
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is read in portions, and yields to others in between', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    expect(await page(0, 3, null, 10, 'newest first')).toHaveLength(4);
    clearImmediate(next);
    expect(turns).toBeGreaterThan(2);
  });
});
