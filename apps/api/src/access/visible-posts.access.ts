import { newestOf } from '../platform/database/dialect.js';
import type { Dialect } from '../platform/database/columns.js';
import { sql, type NamedValues, type Rule, type Sql } from '../platform/database/statements.js';

/** SQL that names posts and has asked the rule of each. There is no other way to have one than to state the rule. */
export class VisiblePosts {
  /** Makes the type nominal: an object of the same shape is not one. */
  protected readonly isRuled = true;

  private constructor(readonly sql: Sql) {}

  /** Of these rows, with their WHERE, those that the rule lets through. */
  static among(rows: Sql, rule: Rule, id: Sql = sql`p.id`): VisiblePosts {
    return new VisiblePosts(sql`SELECT ${id} AS id FROM ${rows} AND ${rule}`);
  }

  /** The newest of several, each of them sorted by an index. */
  static newestOf(dialect: Dialect, sources: VisiblePosts[], limit: Sql): VisiblePosts {
    const queries = sources.map((source) => source.sql);
    return new VisiblePosts(newestOf(dialect, queries, limit));
  }

  /** With a common table expression that the sources refer to. */
  static with(before: Sql, posts: VisiblePosts): VisiblePosts {
    return new VisiblePosts(sql`WITH ${before} ${posts.sql}`);
  }
}

/** Posts that a page can be made of, with the values for the names in them. */
export interface NamedPosts {
  posts: VisiblePosts;
  values: NamedValues;
}
