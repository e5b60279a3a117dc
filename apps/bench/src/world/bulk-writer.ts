import { join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import { fromApi } from '../api-packages.ts';

export type Row = (string | number | null)[];

/** Takes rows as fast as they come; what is written is there when it has ended. */
export interface RowWriter {
  /** Always with the same columns for a table. */
  insert(table: string, columns: string, row: Row): void;
  /** To be awaited now and then: not all rows fit into memory. */
  flush(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Writes millions of rows into the SQLite file of an api that does not run: one transaction, and the indexes
 * that the migrations made are built at the end, from sorted rows, exactly as they were.
 */
export class BulkWriter implements RowWriter {
  private readonly connection: BetterSqlite.Database;
  private readonly inserts = new Map<string, BetterSqlite.Statement>();
  private readonly indexes: string[];

  constructor(dataDir: string) {
    const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
    this.connection = new Sqlite(join(dataDir, 'echomate.db'), { fileMustExist: true });
    // Pages that are new need no journal; a WAL would have them written twice. OFF is refused.
    this.connection.pragma('journal_mode = DELETE');
    this.connection.pragma('synchronous = OFF');
    this.connection.pragma('cache_size = -262144');
    const indexes = this.connection
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`,
      )
      .all();
    this.indexes = indexes.map(({ sql }) => sql);
    for (const { name } of indexes) this.connection.exec(`DROP INDEX ${name}`);
    this.connection.exec('BEGIN');
  }

  insert(table: string, columns: string, row: Row): void {
    let insert = this.inserts.get(table);
    if (!insert) {
      insert = this.connection.prepare(
        `INSERT INTO ${table} (${columns}) VALUES (${row.map(() => '?').join()})`,
      );
      this.inserts.set(table, insert);
    }
    insert.run(...row);
  }

  async flush(): Promise<void> {
    // SQLite keeps what does not fit into its cache in the file.
  }

  async end(): Promise<void> {
    for (const index of this.indexes) this.connection.exec(index);
    this.connection.exec('COMMIT');
    this.connection.pragma('journal_mode = WAL');
    this.connection.close();
  }
}
