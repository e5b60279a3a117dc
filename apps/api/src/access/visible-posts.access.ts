import { newestOf } from '../platform/database/dialect.js';
import type { Dialect } from '../platform/database/columns.js';
import { sql, type NamedValues, type Rule, type Sql } from '../platform/database/statements.js';

/** SQL that selects ids of posts and applies the rule to each. The only ways to make one require the rule. */
export class VisiblePosts {
  /** Makes the type nominal, so that an object of the same shape is not accepted. */
  protected readonly isRuled = true;

  private constructor(readonly sql: Sql) {}

  /** Those of the rows (a FROM with its WHERE) that pass the rule. */
  static among(rows: Sql, rule: Rule, id: Sql = sql`p.id`): VisiblePosts {
    return new VisiblePosts(sql`SELECT ${id} AS id FROM ${rows} AND ${rule}`);
  }

  /** The newest of several sources, each of them sorted by an index. */
  static newestOf(dialect: Dialect, sources: VisiblePosts[], limit: Sql): VisiblePosts {
    const queries = sources.map((source) => source.sql);
    return new VisiblePosts(newestOf(dialect, queries, limit));
  }

  /** A common table of the newest of a source, and the selection of its posts. */
  static table(name: Sql, newest: VisiblePosts, limit: Sql): { table: Sql; posts: VisiblePosts } {
    return {
      table: sql`${name} AS MATERIALIZED (${newest.sql} ORDER BY id DESC LIMIT ${limit})`,
      posts: new VisiblePosts(sql`SELECT id FROM ${name}`),
    };
  }

  /** Prepends a common table expression that the sources refer to. */
  static with(before: Sql, posts: VisiblePosts): VisiblePosts {
    return new VisiblePosts(sql`WITH ${before} ${posts.sql}`);
  }
}

/** A selection of posts, with the values for its named parameters. */
export interface NamedPosts {
  posts: VisiblePosts;
  values: NamedValues;
}
