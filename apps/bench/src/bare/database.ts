import { join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import type * as Pg from 'pg';
import { fromApi } from '../api-packages.ts';
import type { Installation } from '../installation.ts';

/** Answers with the first row; SQLite at once, so that nothing waits that need not. */
type FindOne<Row> = (...values: unknown[]) => Row | undefined | Promise<Row | undefined>;
type FindAll<Row> = (...values: unknown[]) => Row[] | Promise<Row[]>;
/** As the api's connections. */
const CACHE = 'cache_size = -16384';
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

const NAMES = /(?<!:):(\w+)/g;

function byName<Answer>(
  text: string,
  prepare: (text: string) => (...values: unknown[]) => Answer,
): Named<Answer> {
  const order = Array.from(text.matchAll(NAMES), ([, name]) => name!);
  const ask = prepare(text.replaceAll(NAMES, '?'));
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
  connection.pragma(CACHE);
  connection.pragma('temp_store = MEMORY');
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

/** A statement of a transaction with its values; the transaction gives back its rows. */
export interface Step {
  statement: Written;
  values: Record<string, unknown>;
}

interface Written {
  /** Names what each `?` stands for. */
  order: string[];
  text: string;
  isQuery: boolean;
}

/** A statement that writes, or reads within the transaction if it begins with SELECT. */
export function written(text: string): (values: Record<string, unknown>) => Step {
  const statement = {
    order: Array.from(text.matchAll(NAMES), ([, name]) => name!),
    text: text.replaceAll(NAMES, '?'),
    isQuery: /^\s*SELECT/.test(text),
  };
  return (values) => ({ statement, values });
}

/** What a statement of a transaction brought: the first row of a query, or how many rows were written. */
export type Brought = { row?: Record<string, unknown> | undefined; changes: number };

/**
 * Runs the statements that a generator yields, one after the other, and gives it what each brought: the same code
 * writes at once on SQLite, where awaiting would let others in between, and with a connection of its own on PostgreSQL.
 */
export interface BareWriter {
  transaction<Result>(steps: () => Generator<Step, Result, Brought>): Result | Promise<Result>;
}

const valuesOf = ({ statement, values }: Step) => statement.order.map((name) => values[name]);

export function openWriter({ dataDir, databaseUrl }: Installation): BareWriter {
  return databaseUrl ? openPostgresWriter(databaseUrl) : openSqliteWriter(dataDir);
}

/** One connection that writes, with the api's pragmas. */
function openSqliteWriter(dataDir: string): BareWriter {
  const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
  const connection = new Sqlite(join(dataDir, 'echomate.db'), { fileMustExist: true });
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'busy_timeout = 5000',
    'foreign_keys = ON',
    CACHE,
    'temp_store = MEMORY',
  ])
    connection.pragma(pragma);
  const prepared = new Map<Written, BetterSqlite.Statement>();
  const run = (step: Step): Brought => {
    const { statement } = step;
    if (!prepared.has(statement))
      prepared.set(statement, connection.prepare(bound(statement.text)));
    const made = prepared.get(statement)!;
    if (!statement.isQuery) return { changes: made.run(...valuesOf(step)).changes };
    return { row: made.get(...valuesOf(step)) as Brought['row'], changes: 0 };
  };
  return {
    transaction: (steps) =>
      connection
        .transaction(() => {
          const work = steps();
          for (let next = work.next(); ; next = work.next(run(next.value)))
            if (next.done) return next.value;
        })
        .immediate(),
  };
}

function openPostgresWriter(connectionString: string): BareWriter {
  const pool = newPool(connectionString);
  const names = new Map<Written, string>();
  const nameOf = (statement: Written) => {
    if (!names.has(statement)) names.set(statement, `bench-write-${names.size}`);
    return names.get(statement)!;
  };
  return {
    async transaction(steps) {
      const client = await pool.connect();
      let isDone = false;
      try {
        await client.query('BEGIN');
        const work = steps();
        let next = work.next();
        while (!next.done) {
          const { statement } = next.value;
          const { rows, rowCount } = await client.query<Record<string, unknown>>({
            name: nameOf(statement),
            text: numbered(statement.text),
            values: valuesOf(next.value),
          });
          next = work.next({ row: rows[0], changes: rowCount ?? 0 });
        }
        await client.query('COMMIT');
        isDone = true;
        return next.value;
      } finally {
        // Closing the connection of a transaction that failed rolls it back.
        client.release(!isDone);
      }
    },
  };
}

function openPostgres(connectionString: string): BareDatabase {
  const pool = newPool(connectionString);
  let prepared = 0;
  const prepareAll = <Row>(text: string): ((...values: unknown[]) => Promise<Row[]>) => {
    const name = `bench-${++prepared}`;
    return async (...given) =>
      (await pool.query({ name, text: numbered(text), values: given })).rows as Row[];
  };
  return {
    prepare<Row>(text: string): FindOne<Row> {
      const find = prepareAll<Row>(text);
      return async (...given) => (await find(...given))[0];
    },
    prepareAll,
  };
}

function newPool(connectionString: string): Pg.Pool {
  const { Pool, types } = fromApi('pg') as typeof Pg;
  types.setTypeParser(types.builtins.INT8, Number);
  types.setTypeParser(types.builtins.DATE, (day) => day);
  return new Pool({ connectionString, max: 20 });
}

function numbered(text: string): string {
  let values = 0;
  return text.replaceAll('?', () => `$${++values}`);
}
