import sqlTag, { empty, join, raw, type Sql } from 'sql-template-tag';

export { empty, join, raw, type Sql };
/** SQL with its values apart from its text; fragments nest, so a rule is written once and embedded. */
export const sql = sqlTag;

/**
 * Many values for an `IN (…)`, padded to the next power of two: each text is prepared and cached, so lists of all
 * lengths must share few texts.
 */
export const anyOf = (values: string[]): Sql =>
  join([...values, ...Array<string>(sizeOf(values) - values.length).fill(values.at(-1)!)]);

/** Placeholder for a value bound at execution; `at` is its position in a list of values. */
export class Named {
  constructor(
    readonly name: string,
    readonly at?: number,
  ) {}
}

/** A value bound by name: SQL with no other values is built once and reused for everyone. */
export const named = (name: string): Sql => sql`${new Named(name)}`;

/** One value of a list. */
export const namedAt = (name: string, at: number): Sql => sql`${new Named(name, at)}`;

/** All values of a list, padded to `size`: see `sizeOf`. */
export const anyNamed = (name: string, size: number): Sql =>
  join(Array.from({ length: size }, (_, at) => new Named(name, at)));

/** Lists of all lengths share a few sizes; the last value is repeated as padding. */
export const sizeOf = (values: string[]): number => 2 ** Math.ceil(Math.log2(values.length));

export type NamedValues = Record<string, string | number | null | string[]>;

/** SQL that is built once, with the values for its names. */
export class Statement {
  constructor(
    readonly sql: Sql,
    readonly values: NamedValues,
  ) {}
}

/** The value of a name. */
export const valueOf = ({ name, at }: Named, values: NamedValues): string | number | null => {
  const value = values[name];
  if (value === undefined) throw new Error(`No value for ${name}`);
  if (!Array.isArray(value)) return value;
  return value[Math.min(at!, value.length - 1)]!;
};

const SIZES_KEPT = 64;

/** Builds SQL once for each size of its lists. */
export function shaped<Made extends object>(make: (size: number) => Made): (size: number) => Made {
  const made = new Map<number, Made>();
  return (size) => {
    let query = made.get(size);
    if (!query) {
      if (made.size >= SIZES_KEPT) made.delete(made.keys().next().value!);
      made.set(size, (query = make(size)));
    }
    return query;
  };
}

/** Builds SQL once for each object it is built from. */
export function around<Inner extends object>(make: (inner: Inner) => Sql): (inner: Inner) => Sql {
  const made = new WeakMap<Inner, Sql>();
  return (inner) => {
    let query = made.get(inner);
    if (!query) made.set(inner, (query = make(inner)));
    return query;
  };
}

declare const isRule: unique symbol;

/** A condition that decides who may see. Only `access/` makes one; others can only narrow it (`narrowed`). */
export type Rule = Sql & { readonly [isRule]: true };

/** The columns of a SELECT, each under its name. */
export const selected = (columns: Record<string, Sql>): Sql =>
  join(Object.entries(columns).map(([name, column]) => sql`${column} AS ${raw(`"${name}"`)}`));

/** Runs queries. Columns have the names in the query; the caller gives the type of a row. */
export interface Reader {
  many<Row>(query: Sql | Statement): Promise<Row[]>;
  one<Row>(query: Sql | Statement): Promise<Row | null>;
  /** The column `id` of all rows. */
  ids(query: Sql | Statement): Promise<string[]>;
}

type EntityClass<Entity> = new () => Entity;

/**
 * Changes data, all or nothing. Only `Database.transaction` creates one, so code that takes a `Transaction` knows that
 * no other statements run inside it.
 */
export interface Transaction extends Reader {
  /** Runs a statement and returns how many rows it changed. */
  run(query: Sql | Statement): Promise<number>;
  insert<Entity extends object>(
    entity: EntityClass<Entity>,
    values: Entity | Entity[],
  ): Promise<void>;
  /** Sets the columns in `values` on matching rows, and returns how many. */
  update<Entity extends object>(
    entity: EntityClass<Entity>,
    where: Partial<Entity>,
    values: Partial<Entity>,
  ): Promise<number>;
  delete<Entity extends object>(
    entity: EntityClass<Entity>,
    where: Partial<Entity>,
  ): Promise<number>;
  /** Others that lock the same name wait until this transaction ends. */
  lock(name: string): Promise<void>;
  /**
   * Waits for transactions that write these rows or refer to them, so that the next statement sees what they commit.
   * A statement that waits by itself would see the new row, but everything else as it was before.
   */
  lockRows(table: Sql, ids: string[]): Promise<void>;
  /** Runs after the transaction is committed; never if it is rolled back. */
  afterCommit(work: () => Promise<void>): void;
}

/** A driver's connection, faster than TypeORM's. */
export interface Connection {
  many<Row>(query: Sql | Statement): Promise<Row[]>;
  run(query: Sql | Statement): Promise<number>;
  beginWriting(): Promise<void>;
}
