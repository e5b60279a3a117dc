import sqlTag, { empty, join, raw, type Sql } from 'sql-template-tag';

export { empty, join, raw, type Sql };
/** SQL with its values apart from its text; fragments nest, so a rule can be written once and put in. */
export const sql = sqlTag;

/**
 * Many values for an `IN (…)`. Filled up to the next power of two, so that a few texts serve lists of every
 * length: each text is prepared, and kept, once.
 */
export const anyOf = (values: string[]): Sql => {
  const length = 2 ** Math.ceil(Math.log2(values.length));
  return join([...values, ...Array<string>(length - values.length).fill(values.at(-1)!)]);
};

/** What to select, each under its name. */
export const selected = (columns: Record<string, Sql>): Sql =>
  join(Object.entries(columns).map(([name, column]) => sql`${column} AS ${raw(`"${name}"`)}`));

/** Answers questions. Rows come as the query names them; give them a type where you ask. */
export interface Reader {
  many<Row>(query: Sql): Promise<Row[]>;
  one<Row>(query: Sql): Promise<Row | null>;
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
  many<Row>(query: Sql): Promise<Row[]>;
  run(query: Sql): Promise<number>;
}
