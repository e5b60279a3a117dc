import { join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import type * as Pg from 'pg';
import { fromApi } from '../api-packages.ts';

/** Answers with the first row; SQLite at once, so that nothing waits that need not. */
type FindOne<Row> = (...values: unknown[]) => Row | undefined | Promise<Row | undefined>;

export interface BareDatabase {
  /** Takes `?` for values. */
  prepare<Row>(text: string): FindOne<Row>;
}

export function openDatabase(dataDir: string, databaseUrl: string | undefined): BareDatabase {
  return databaseUrl ? openPostgres(databaseUrl) : openSqlite(join(dataDir, 'echomate.db'));
}

function openSqlite(file: string): BareDatabase {
  const Sqlite = fromApi('better-sqlite3') as typeof BetterSqlite;
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  connection.pragma('cache_size = -65536');
  connection.pragma('mmap_size = 268435456');
  return {
    prepare<Row>(text: string): FindOne<Row> {
      // Bound as the api binds: a plain `?` would make SQLite prepare some statements anew each time.
      const statement = connection.prepare(text.replaceAll('?', '(+?)'));
      return (...values) => statement.get(...values) as Row | undefined;
    },
  };
}

function openPostgres(connectionString: string): BareDatabase {
  const { Pool, types } = fromApi('pg') as typeof Pg;
  types.setTypeParser(types.builtins.INT8, Number);
  types.setTypeParser(types.builtins.DATE, (day) => day);
  const pool = new Pool({ connectionString, max: 20 });
  let prepared = 0;
  return {
    prepare<Row>(text: string): FindOne<Row> {
      const name = `bench-${++prepared}`;
      let values = 0;
      const numbered = text.replaceAll('?', () => `$${++values}`);
      return async (...given) =>
        (await pool.query({ name, text: numbered, values: given })).rows[0] as Row | undefined;
    },
  };
}
