import { join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import type * as Pg from 'pg';
import { fromApi } from '../api-packages.ts';

/** Answers with the first row; SQLite at once, so that nothing waits that need not. */
type FindOne<Row> = (...values: unknown[]) => Row | undefined | Promise<Row | undefined>;
type FindAll<Row> = (...values: unknown[]) => Row[] | Promise<Row[]>;
/** Values by the names that stand in the text as `:name`. */
type Named<Answer> = (values: Record<string, unknown>) => Answer;

export interface BareDatabase {
  /** Takes `?` for values. */
  prepare<Row>(text: string): FindOne<Row>;
  prepareAll<Row>(text: string): FindAll<Row>;
}

/** Prepares a statement that names its values. */
export const named = <Row>(database: BareDatabase, text: string): Named<ReturnType<FindOne<Row>>> =>
  byName(text, (unnamed) => database.prepare<Row>(unnamed));

export const namedAll = <Row>(
  database: BareDatabase,
  text: string,
): Named<ReturnType<FindAll<Row>>> => byName(text, (unnamed) => database.prepareAll<Row>(unnamed));

function byName<Answer>(
  text: string,
  prepare: (text: string) => (...values: unknown[]) => Answer,
): Named<Answer> {
  const names = /(?<!:):(\w+)/g;
  const order = Array.from(text.matchAll(names), ([, name]) => name!);
  const ask = prepare(text.replaceAll(names, '?'));
  return (values) => ask(...order.map((name) => values[name]));
}

export function openDatabase(dataDir: string, databaseUrl: string | undefined): BareDatabase {
  return databaseUrl ? openPostgres(databaseUrl) : openSqlite(join(dataDir, 'echomate.db'));
}

// Bound as the api binds: a plain `?` would make SQLite prepare some statements anew each time.
const bound = (text: string) => text.replaceAll('?', '(+?)');

function openSqlite(file: string): BareDatabase {
  const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  connection.pragma('cache_size = -65536');
  connection.pragma('mmap_size = 268435456');
  return {
    prepare<Row>(text: string): FindOne<Row> {
      const statement = connection.prepare(bound(text));
      return (...values) => statement.get(...values) as Row | undefined;
    },
    prepareAll<Row>(text: string): FindAll<Row> {
      const statement = connection.prepare(bound(text));
      return (...values) => statement.all(...values) as Row[];
    },
  };
}

export interface BareWriter {
  run(text: string): Named<number>;
  get<Row>(text: string): Named<Row | undefined>;
  transaction<Result>(work: () => Result): Result;
}

/** One connection that writes, with the api's pragmas. */
export function openSqliteWriter(dataDir: string): BareWriter {
  const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
  const connection = new Sqlite(join(dataDir, 'echomate.db'), { fileMustExist: true });
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'busy_timeout = 5000',
    'foreign_keys = ON',
    'cache_size = -65536',
    'mmap_size = 268435456',
    'temp_store = MEMORY',
  ])
    connection.pragma(pragma);
  const prepare = (text: string) => connection.prepare(bound(text));
  return {
    run: (text) =>
      byName(text, (unnamed) => {
        const statement = prepare(unnamed);
        return (...values) => statement.run(...values).changes;
      }),
    get: <Row>(text: string) =>
      byName(text, (unnamed) => {
        const statement = prepare(unnamed);
        return (...values) => statement.get(...values) as Row | undefined;
      }),
    transaction: (work) => connection.transaction(work).immediate(),
  };
}

function openPostgres(connectionString: string): BareDatabase {
  const { Pool, types } = fromApi('pg') as typeof Pg;
  types.setTypeParser(types.builtins.INT8, Number);
  types.setTypeParser(types.builtins.DATE, (day) => day);
  const pool = new Pool({ connectionString, max: 20 });
  let prepared = 0;
  const prepareAll = <Row>(text: string): ((...values: unknown[]) => Promise<Row[]>) => {
    const name = `bench-${++prepared}`;
    let values = 0;
    const numbered = text.replaceAll('?', () => `$${++values}`);
    return async (...given) =>
      (await pool.query({ name, text: numbered, values: given })).rows as Row[];
  };
  return {
    prepare<Row>(text: string): FindOne<Row> {
      const find = prepareAll<Row>(text);
      return async (...given) => (await find(...given))[0];
    },
    prepareAll,
  };
}
