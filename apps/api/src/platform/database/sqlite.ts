import Sqlite from 'better-sqlite3';
import { hasHeldLoop } from './event-loop.js';
import { Named, Statement, valueOf, type Connection, type Sql } from './statements.js';

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

/** A name is bound once, however often it stands in the text. */
const nameInText = ({ name }: Named) => `(+:${name})`;

const isOneValue = (value: unknown): value is Named =>
  value instanceof Named && value.at === undefined;

interface Prepared {
  statement: Sqlite.Statement;
  /** What is bound by place; the names of lists stand here with theirs. */
  places: unknown[];
}

/** Runs SQL on a better-sqlite3 connection, each distinct text prepared once. */
export class SqliteConnection implements Connection {
  private readonly byText = new Map<string, Sqlite.Statement>();
  private readonly made = new WeakMap<Sql, Prepared>();

  constructor(
    private readonly connection: Sqlite.Database,
    private readonly isWriting: boolean,
  ) {}

  many<Row>(query: Sql | Statement): Promise<Row[]> {
    return this.execute(query, (statement, values) => statement.all(...values) as Row[]);
  }

  run(query: Sql): Promise<number> {
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
    const turn = hasHeldLoop(performance.now() - start, this.isWriting);
    if (turn) await turn;
    return result;
  }

  private executeMade<Result>(
    { sql, values }: Statement,
    work: (statement: Sqlite.Statement, values: unknown[]) => Result,
  ): Result {
    let known = this.made.get(sql);
    if (!known) {
      const text = sql.strings.reduce((before, part, at) => {
        const value = sql.values[at - 1];
        return before + (isOneValue(value) ? nameInText(value) : VALUE) + part;
      });
      known = {
        statement: this.prepare(text),
        places: bindable(sql.values.filter((value) => !isOneValue(value))),
      };
      this.made.set(sql, known);
    }
    const bound = known.places.map((value) =>
      value instanceof Named ? valueOf(value, values) : value,
    );
    return work(known.statement, [...bound, values]);
  }

  close(): void {
    this.byText.clear();
    this.connection.close();
  }

  private prepare(text: string): Sqlite.Statement {
    let statement = this.byText.get(text);
    if (!statement) {
      statement = this.connection.prepare(text);
      // Lists of values make texts of many lengths; the cache must not grow with them.
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
  return new SqliteConnection(connection, false);
}
