import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { yieldIfHeldLoop } from './event-loop.js';
import { Named, sql, Statement, valueOf, type Connection, type Sql } from './statements.js';

/** SQLite binds neither booleans nor undefined. */
const bindable = (values: unknown[]) =>
  values.map((value) =>
    typeof value === 'boolean' ? Number(value) : value === undefined ? null : value,
  );

/**
 * A bound value. The plus does not change the value but keeps SQLite from planning by it: built with STAT4, as
 * better-sqlite3 is, it would prepare the statement again for every new value, which costs several times what a short
 * read takes.
 */
const VALUE = '(+?)';

/** Bound once, however often it occurs in the text. */
const nameInText = ({ name }: Named) => `(+:${name})`;

const isOneValue = (value: unknown): value is Named =>
  value instanceof Named && value.at === undefined;

/**
 * 16 MB: a commit of one connection empties the cache of the other, so a larger one is seldom full. There is no
 * `mmap_size` either: after each such commit the whole file would be mapped again, which takes longer than reading.
 */
const CACHE = 'cache_size = -16384';
const LOCKED_AT_MOST_MS = 5000;
const LOCK_POLL_MS = 2;

/** By its code: the native part knows only the class of whoever loaded it first in this process. */
const isBusy = (error: unknown): boolean =>
  String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');

/** Tells which values to bind by name: those that occur more than once. By position takes half as long. */
function boundByName({ values }: Sql): (value: unknown) => value is Named {
  const names = values.filter(isOneValue).map(({ name }) => name);
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return (value): value is Named => isOneValue(value) && repeated.has(value.name);
}

interface Prepared {
  statement: Sqlite.Statement;
  /** Values bound by position, including named lists */
  places: unknown[];
  hasNames: boolean;
}

/** Runs SQL on a better-sqlite3 connection and prepares each distinct text once. */
export class SqliteConnection implements Connection {
  private readonly byText = new Map<string, Sqlite.Statement>();
  private readonly made = new WeakMap<Sql, Prepared>();

  constructor(
    private readonly connection: Sqlite.Database,
    private readonly isWriting: boolean,
  ) {
    // Waiting inside SQLite would block the event loop; `beginWriting` waits outside of it.
    if (isWriting) connection.pragma('busy_timeout = 0');
  }

  /** Takes the write lock, which the thread of `Checkpoints` or another process may hold. */
  async beginWriting(): Promise<void> {
    for (const until = performance.now() + LOCKED_AT_MOST_MS; ; await sleep(LOCK_POLL_MS)) {
      try {
        // Not deferred: taking the lock later fails if another process wrote meanwhile.
        await this.run(sql`BEGIN IMMEDIATE`);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error;
      }
    }
  }

  many<Row>(query: Sql | Statement): Promise<Row[]> {
    return this.execute(query, (statement, values) => statement.all(...values) as Row[]);
  }

  run(query: Sql | Statement): Promise<number> {
    return this.execute(query, (statement, values) =>
      statement.reader ? statement.all(...values).length : statement.run(...values).changes,
    );
  }

  private async execute<Result>(
    query: Sql | Statement,
    work: (statement: Sqlite.Statement, values: unknown[]) => Result,
  ): Promise<Result> {
    const start = performance.now();
    const result =
      query instanceof Statement
        ? this.executeMade(query, work)
        : work(this.prepare(query.strings.join(VALUE)), bindable(query.values));
    const turn = yieldIfHeldLoop(performance.now() - start, this.isWriting);
    if (turn) await turn;
    return result;
  }

  private executeMade<Result>(
    { sql, values }: Statement,
    work: (statement: Sqlite.Statement, values: unknown[]) => Result,
  ): Result {
    let known = this.made.get(sql);
    if (!known) {
      const isByName = boundByName(sql);
      const text = sql.strings.reduce((before, part, at) => {
        const value = sql.values[at - 1];
        return before + (isByName(value) ? nameInText(value) : VALUE) + part;
      });
      const places = sql.values.filter((value) => !isByName(value));
      known = {
        statement: this.prepare(text),
        places: bindable(places),
        hasNames: places.length < sql.values.length,
      };
      this.made.set(sql, known);
    }
    const bound = known.places.map((value) =>
      value instanceof Named ? valueOf(value, values) : value,
    );
    if (known.hasNames) bound.push(values);
    return work(known.statement, bound);
  }

  close(): void {
    this.byText.clear();
    this.connection.close();
  }

  private prepare(text: string): Sqlite.Statement {
    let statement = this.byText.get(text);
    if (!statement) {
      statement = this.connection.prepare(text);
      // Lists of values produce many texts; this bounds the cache.
      if (this.byText.size >= 500) this.byText.delete(this.byText.keys().next().value!);
      this.byText.set(text, statement);
    }
    return statement;
  }
}

export const applyPragmas = (connection: Sqlite.Database) => {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  // `Checkpoints` leaves far fewer pages than this.
  connection.pragma('wal_autocheckpoint = 64000');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('foreign_keys = ON');
  connection.pragma(CACHE);
  connection.pragma('temp_store = MEMORY');
};

/**
 * Statements are written for the plans SQLite makes without statistics: along the indexes made for them. With
 * statistics from `ANALYZE`, some plans would read whole tables. So they are deleted at start. As the tables for them
 * exist, a later `ANALYZE` changes no schema, and open connections do not read its results.
 *
 * Writes only if there is something to forget, so that a process can start while another one writes.
 */
export const forgetStatistics = (connection: Sqlite.Database) => {
  const tables = () =>
    connection
      .prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite\\_stat%' ESCAPE '\\'`)
      .pluck()
      .all() as string[];
  const hasRows = (table: string) => connection.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get();
  // Creates the tables for statistics; there are no rows to analyze.
  if (!tables().length) connection.exec('ANALYZE sqlite_schema');
  const filled = tables().filter(hasRows);
  for (const table of filled) connection.exec(`DELETE FROM ${table}`);
  if (filled.length) connection.exec('ANALYZE sqlite_schema');
};

/** A second, read-only connection; in WAL mode it sees only committed data. */
export function openSqliteReader(file: string): SqliteConnection {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  connection.pragma('busy_timeout = 5000');
  connection.pragma(CACHE);
  // A temporary file is set up anew for each run of a statement; several in one took longer than its rows.
  connection.pragma('temp_store = MEMORY');
  return new SqliteConnection(connection, false);
}
