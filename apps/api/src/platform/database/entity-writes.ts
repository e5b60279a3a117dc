import type { EntityMetadata } from 'typeorm';
import { join, raw, sql, type Sql } from './statements.js';

/** Statements that write rows of an entity: TypeORM's builders take several times as long as running them. */

type Row = Record<string, unknown>;

const quoted = (name: string): Sql => raw(`"${name}"`);

const columnOf = (metadata: EntityMetadata, property: string): Sql => {
  const column = metadata.findColumnWithPropertyName(property);
  if (!column) throw new Error(`${metadata.name} has no column for ${property}`);
  return quoted(column.databaseName);
};

const given = (row: object): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

/** What all rows leave out has its default; what only some of them leave out is null in those. */
export const insertOf = (metadata: EntityMetadata, rows: object[]): Sql => {
  const properties = [...new Set(rows.flatMap((row) => Object.keys(given(row))))];
  const columns = properties.map((property) => columnOf(metadata, property));
  const values = (rows as Row[]).map(
    (row) => sql`(${join(properties.map((property) => row[property] ?? null))})`,
  );
  return sql`INSERT INTO ${quoted(metadata.tableName)} (${join(columns)}) VALUES ${join(values)}`;
};

export const updateOf = (metadata: EntityMetadata, where: object, values: object): Sql => {
  const set = Object.entries(given(values)).map(
    ([property, value]) => sql`${columnOf(metadata, property)} = ${value}`,
  );
  return sql`UPDATE ${quoted(metadata.tableName)} SET ${join(set)} WHERE ${matching(metadata, where)}`;
};

export const deleteOf = (metadata: EntityMetadata, where: object): Sql =>
  sql`DELETE FROM ${quoted(metadata.tableName)} WHERE ${matching(metadata, where)}`;

/** A value that is missing by mistake must never widen what is changed. */
const matching = (metadata: EntityMetadata, where: object): Sql => {
  const conditions = Object.entries(where).map(([property, value]) => {
    if (value === undefined) throw new Error(`No value for ${property} of ${metadata.name}`);
    const column = columnOf(metadata, property);
    return value === null ? sql`${column} IS NULL` : sql`${column} = ${value}`;
  });
  return join(conditions, ' AND ');
};
