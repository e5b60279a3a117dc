import { setImmediate } from 'node:timers/promises';
import { empty, join, raw, sql, type Reader, type Sql } from './statements.js';

/** A list whose order an index gives, of which a rule lets only some rows through. */
export interface RuledList {
  /** The rows, with their WHERE: as much of it as the index knows, and no more */
  rows: Sql;
  /** What the index orders them by; a row's `id` */
  id: Sql;
  /** What else to read of a row, by name */
  columns: Record<string, Sql>;
  /** What must be asked of each row */
  rule: Sql;
}

/** Enough for nearly every page, and quickly counted. */
const FIRST_PORTION = 200;
const PORTION = 1000;
const LOWEST = '00000000-0000-0000-0000-000000000000';

/**
 * The newest rows that the rule lets through. However many others stand before them, one statement asks the rule
 * about a portion at most, and others have their turn before the next; a page that fills at once needs only one,
 * and stops there.
 */
export async function findInPortions<Row extends { id: string }>(
  reader: Reader,
  list: RuledList,
  before: string | null,
  limit: number,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let end = before, size = FIRST_PORTION; ; size = PORTION) {
    const answers = await reader.many<Row & { isFloor: number }>(
      portion(list, end, size, limit - found.length),
    );
    const floor = answers.find(({ isFloor }) => isFloor);
    found.push(...answers.filter(({ isFloor }) => !isFloor));
    if (found.length === limit || !floor) return found;
    end = floor.id;
    await setImmediate();
  }
}

/** The page of one portion and, marked, the last row of the portion; without that row, the list has ended. */
function portion(
  { rows, id, columns, rule }: RuledList,
  before: string | null,
  size: number,
  limit: number,
): Sql {
  const names = Object.keys(columns);
  const part = sql`${rows} ${before ? sql`AND ${id} < ${before}` : empty}`;
  const read = names.map((name) => sql`, ${columns[name]} AS ${raw(`"${name}"`)}`);
  return sql`
    WITH floor AS MATERIALIZED (SELECT ${id} AS id FROM ${part} ORDER BY ${id} DESC LIMIT 1 OFFSET ${size - 1})
    SELECT * FROM (
      SELECT ${id} AS id, 0 AS "isFloor" ${all(read)} FROM ${part}
        AND ${id} >= COALESCE((SELECT floor.id FROM floor), ${LOWEST}) AND ${rule}
      ORDER BY ${id} DESC LIMIT ${limit}) AS page
    UNION ALL SELECT floor.id, 1 ${all(names.map(() => sql`, NULL`))} FROM floor`;
}

const all = (parts: Sql[]): Sql => (parts.length ? join(parts, '') : empty);
