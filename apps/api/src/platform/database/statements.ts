import sqlTag, { empty, join, raw, type Sql } from 'sql-template-tag';

export { empty, join, raw, type Sql };
/** SQL with its values apart from its text; fragments nest, so a rule can be written once and put in. */
export const sql = sqlTag;

/**
 * Many values for an `IN (…)`. Filled up to the next power of two, so that a few texts serve lists of every
 * length: each text is prepared, and kept, once.
 */
export const anyOf = (values: string[]): Sql =>
  join([...values, ...Array<string>(sizeOf(values) - values.length).fill(values.at(-1)!)]);

/** Stands in SQL for a value that is bound when it runs; `at` is its place in a list of values. */
export class Named {
  constructor(
    readonly name: string,
    readonly at?: number,
  ) {}
}

/** A value that is told apart by its name: SQL without other values can be made once and run for everyone. */
export const named = (name: string): Sql => sql`${new Named(name)}`;

/** One value of a list. */
export const namedAt = (name: string, at: number): Sql => sql`${new Named(name, at)}`;

/** All values of a list, of which `size` says how many places it has: see `sizeOf`. */
export const anyNamed = (name: string, size: number): Sql =>
  join(Array.from({ length: size }, (_, at) => new Named(name, at)));

/** Lists of every length are served by a few sizes; the last value fills up the rest. */
export const sizeOf = (values: string[]): number => 2 ** Math.ceil(Math.log2(values.length));

export type NamedValues = Record<string, string | number | null | string[]>;

/** SQL that is made once, and the values for the names in it. */
export class Statement {
  constructor(
    readonly sql: Sql,
    readonly values: NamedValues,
  ) {}
}

/** What a name stands for. */
export const valueOf = ({ name, at }: Named, values: NamedValues): string | number | null => {
  const value = values[name];
  if (value === undefined) throw new Error(`No value for ${name}`);
  if (!Array.isArray(value)) return value;
  return value[Math.min(at!, value.length - 1)]!;
};

const SIZES_KEPT = 64;

/** Makes SQL once for each size of the lists in it. */
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

/** Makes SQL once for each object that it is made of, such as the SQL in it. */
export function around<Inner extends object>(make: (inner: Inner) => Sql): (inner: Inner) => Sql {
  const made = new WeakMap<Inner, Sql>();
  return (inner) => {
    let query = made.get(inner);
    if (!query) made.set(inner, (query = make(inner)));
    return query;
  };
}

declare const isRule: unique symbol;

/** A condition that asks who may see. Only `access/` makes one; everyone else can make it narrower (`narrowed`). */
export type Rule = Sql & { readonly [isRule]: true };

/** What to select, each under its name. */
export const selected = (columns: Record<string, Sql>): Sql =>
  join(Object.entries(columns).map(([name, column]) => sql`${column} AS ${raw(`"${name}"`)}`));

/** Answers questions. Rows come as the query names them; give them a type where you ask. */
export interface Reader {
  many<Row>(query: Sql | Statement): Promise<Row[]>;
  one<Row>(query: Sql | Statement): Promise<Row | null>;
}

type EntityClass<Entity> = new () => Entity;

/**
 * Changes things, all or nothing. Only `Database.transaction` hands one out, so whatever asks for a
 * `Transaction` can be sure that nobody else's statements run inside it.
 */
export interface Transaction extends Reader {
  /** Runs a statement and tells how many rows it changed. */
  run(query: Sql): Promise<number>;
  insert<Entity extends object>(
    entity: EntityClass<Entity>,
    values: Entity | Entity[],
  ): Promise<void>;
  /** Changes the columns named in `values` of the rows that match, and tells how many. */
  update<Entity extends object>(
    entity: EntityClass<Entity>,
    where: Partial<Entity>,
    values: Partial<Entity>,
  ): Promise<number>;
  delete<Entity extends object>(
    entity: EntityClass<Entity>,
    where: Partial<Entity>,
  ): Promise<number>;
  /** Makes others who lock the same name wait until this transaction ends. */
  lock(name: string): Promise<void>;
  /** Runs once the transaction is saved; never if it is rolled back. */
  afterCommit(work: () => Promise<void>): void;
}

/** A driver's connection: the raw fast path below TypeORM's. */
export interface Connection {
  many<Row>(query: Sql | Statement): Promise<Row[]>;
  run(query: Sql): Promise<number>;
}
