import type { Dialect } from './columns.js';
import { empty, join, raw, sql, type Sql } from './statements.js';

/** Lets several workers take different rows at once; SQLite has one writer and needs no help. */
export const skipLocked = (dialect: Dialect): Sql =>
  dialect === 'postgres' ? raw('FOR UPDATE SKIP LOCKED') : empty;

/**
 * The newest ids that several queries name, each of them sorted by an index. SQLite merges such queries row
 * by row, but only if they have no limit of their own; PostgreSQL would read them whole without one.
 */
export const newestOf = (dialect: Dialect, queries: Sql[], limit: Sql): Sql => {
  const parts =
    dialect === 'postgres' && queries.length > 1
      ? queries.map((query) => sql`(${query} ORDER BY id DESC LIMIT ${limit})`)
      : queries;
  return sql`${join(parts, ' UNION ALL ')} ORDER BY id DESC LIMIT ${limit}`;
};
