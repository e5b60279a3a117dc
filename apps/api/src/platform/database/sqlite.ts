import Sqlite from 'better-sqlite3';
import { hasHeldLoop } from './event-loop.js';
import type { Connection, Sql } from './statements.js';

/** Values SQLite can bind: it knows no booleans and no undefined. */
const bindable = (values: unknown[]) =>
  values.map((value) =>
    typeof value === 'boolean' ? Number(value) : value === undefined ? null : value,
  );

/**
 * Where a value is bound. The plus changes nothing about it, but keeps SQLite from planning by the value:
 * built with STAT4, as better-sqlite3 is, it would prepare a statement anew whenever another value is
 * bound, which costs several times what a short read takes.
 */
const VALUE = '(+?)';

/** Runs SQL on a better-sqlite3 connection, each distinct text prepared once. */
export class SqliteConnection implements Connection {
  private readonly prepared = new Map<string, Sqlite.Statement>();

  constructor(private readonly connection: Sqlite.Database) {}

  many<Row>(query: Sql): Promise<Row[]> {
    return this.execute(query, (statement, values) => statement.all(...values) as Row[]);
  }

  run(query: Sql): Promise<number> {
    return this.execute(query, (statement, values) =>
      statement.reader ? statement.all(...values).length : statement.run(...values).changes,
    );
  }

  private async execute<Result>(
    query: Sql,
    work: (statement: Sqlite.Statement, values: unknown[]) => Result,
  ): Promise<Result> {
    const start = performance.now();
    const result = work(this.prepare(query), bindable(query.values));
    const turn = hasHeldLoop(performance.now() - start);
    if (turn) await turn;
    return result;
  }

  close(): void {
    this.prepared.clear();
    this.connection.close();
  }

  private prepare(query: Sql): Sqlite.Statement {
    const text = query.strings.join(VALUE);
    let statement = this.prepared.get(text);
    if (!statement) {
      statement = this.connection.prepare(text);
      // Lists of values make texts of many lengths; the cache must not grow with them.
      if (this.prepared.size >= 500) this.prepared.delete(this.prepared.keys().next().value!);
      this.prepared.set(text, statement);
    }
    return statement;
  }
}

export const applyPragmas = (connection: Sqlite.Database) => {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('foreign_keys = ON');
  connection.pragma('cache_size = -65536');
  connection.pragma('mmap_size = 268435456');
  connection.pragma('temp_store = MEMORY');
};

/**
 * Statements are written for the plans that SQLite makes when it knows nothing of the data: along the indexes
 * that were made for them. What `ANALYZE` gathers would turn some of those into plans that read whole tables. So
 * it is forgotten at start; and as the tables for it are there, an `ANALYZE` meanwhile changes no schema, and
 * connections that are open do not look at what it found.
 */
export const forgetStatistics = (connection: Sqlite.Database) => {
  // Of a table without rows: only makes the tables.
  connection.exec('ANALYZE sqlite_schema');
  const tables = connection
    .prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite\\_stat%' ESCAPE '\\'`)
    .pluck()
    .all() as string[];
  for (const table of tables) connection.exec(`DELETE FROM ${table}`);
  connection.exec('ANALYZE sqlite_schema');
};

/** A second connection that can only read, and in WAL mode sees only what is committed. */
export function openSqliteReader(file: string): SqliteConnection {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -65536');
  connection.pragma('mmap_size = 268435456');
  return new SqliteConnection(connection);
}
