import { Column, type ColumnOptions, type ColumnType, type QueryRunner } from 'typeorm';

export type Dialect = 'sqlite' | 'postgres';

/**
 * The few column kinds the product uses, each with its best type on either database. Times are ISO
 * 8601 text in UTC for the program on both: SQLite keeps that text, which sorts by time, PostgreSQL a
 * timestamptz.
 */
const KINDS = {
  id: { sqlite: 'text', postgres: 'uuid' },
  text: { sqlite: 'text', postgres: 'text' },
  word: { sqlite: 'text', postgres: 'text' },
  time: { sqlite: 'text', postgres: 'timestamptz' },
  day: { sqlite: 'text', postgres: 'date' },
  integer: { sqlite: 'integer', postgres: 'integer' },
  boolean: { sqlite: 'boolean', postgres: 'boolean' },
} as const satisfies Record<string, Record<Dialect, ColumnType>>;

/** SQLite compares like this unless told otherwise. */
const COLLATIONS: Partial<Record<Kind, string>> = { word: 'C' };

type Kind = keyof typeof KINDS;
type ColumnKindOptions = Pick<ColumnOptions, 'nullable' | 'default' | 'primary'>;

const declared: { kind: Kind; options: ColumnOptions }[] = [];

const snake = (property: string) =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const column =
  (kind: Kind, fixed: ColumnOptions = {}) =>
  (given: ColumnKindOptions = {}): PropertyDecorator =>
  (target, property) => {
    const options = {
      ...fixed,
      ...given,
      name: snake(String(property)),
      type: KINDS[kind].sqlite as ColumnType,
    };
    declared.push({ kind, options });
    Column(options)(target, property);
  };

/** A UUIDv7 made by the program: ordered by time, not guessable. */
export const Id = column('id', { primary: true });
export const Reference = column('id');
export const Text = column('text');
/** Compared byte by byte, so that words with one beginning lie side by side in an index. */
export const Word = column('word');
export const Time = column('time');
export const Day = column('day');
export const Integer = column('integer');
export const Flag = column('boolean');

/** Entities are declared once; before a data source is built they learn which database they live in. */
export function settleColumnTypes(dialect: Dialect): void {
  for (const { kind, options } of declared) {
    options.type = KINDS[kind][dialect];
    const collation = COLLATIONS[kind];
    if (collation && dialect === 'postgres') options.collation = collation;
  }
}

const dialectOf = (runner: QueryRunner): Dialect =>
  runner.connection.options.type === 'postgres' ? 'postgres' : 'sqlite';

/** The same kinds for the SQL of migrations: `${column.id} PRIMARY KEY`. */
export function columnTypes(runner: QueryRunner): Record<Kind, string> {
  return Object.fromEntries(
    Object.entries(KINDS).map(([kind, types]) => [kind, types[dialectOf(runner)]]),
  ) as Record<Kind, string>;
}

/** A time some days after the one in a column, for the SQL of migrations. */
export const daysAfter = (runner: QueryRunner, column: string, days: number): string =>
  dialectOf(runner) === 'postgres'
    ? `${column} + interval '${days} days'`
    : `strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '+${days} days')`;
