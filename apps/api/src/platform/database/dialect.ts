import type { Dialect } from './columns.js';
import { empty, join, raw, sql, type Sql } from './statements.js';

const FOREIGN_KEY = new Set<unknown>(['23503', 'SQLITE_CONSTRAINT_FOREIGNKEY']);

/** Whether a write failed because what it refers to was deleted meanwhile. */
export const isReferenceToDeleted = (error: unknown): boolean =>
  FOREIGN_KEY.has((error as { code?: unknown } | null)?.code);

/** How many bytes the database takes. */
export const databaseSize = (dialect: Dialect): Sql =>
  dialect === 'postgres'
    ? sql`SELECT pg_database_size(current_database()) AS bytes`
    : sql`SELECT p.page_count * s.page_size AS bytes FROM pragma_page_count() p, pragma_page_size() s`;

/** Lets several workers take different rows at the same time; not needed on SQLite, which has one writer. */
export const skipLocked = (dialect: Dialect): Sql =>
  dialect === 'postgres' ? raw('FOR UPDATE SKIP LOCKED') : empty;

/**
 * The newest ids of several queries, each of them sorted by an index. SQLite merges such queries row by row, but only
 * if they have no limit of their own; PostgreSQL would read them whole without one.
 */
export const newestOf = (dialect: Dialect, queries: Sql[], limit: Sql): Sql => {
  const parts =
    dialect === 'postgres' && queries.length > 1
      ? queries.map((query) => sql`(${query} ORDER BY id DESC LIMIT ${limit})`)
      : queries;
  return sql`${join(parts, ' UNION ALL ')} ORDER BY id DESC LIMIT ${limit}`;
};
