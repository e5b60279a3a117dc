import { setImmediate as nextTurn } from 'node:timers/promises';
import { FIRST_ID, LAST_ID } from './ids.js';
import {
  around,
  join,
  named,
  raw,
  selected,
  sql,
  Statement,
  type NamedValues,
  type Reader,
  type Rule,
  type Sql,
} from './statements.js';

/**
 * A list whose order an index gives, of which a rule lets only some rows through. Made once, if it has only names in
 * the place of values, it costs no more than those.
 */
export interface RuledList {
  /** The rows, with their WHERE: as much of it as the index knows, and no more */
  rows: Sql;
  /** What the index orders them by; a row's `id` */
  id: Sql;
  /** What else to read of a row, by name */
  columns: Record<string, Sql>;
  /** What must be asked of each row */
  rule: Rule;
}

type Order = 'newest first' | 'oldest first';

/** Enough for nearly every page, and quickly counted. */
const FIRST_PORTION = 200;
const PORTION = 1000;

const DIRECTIONS = {
  'newest first': {
    order: raw('DESC'),
    behind: raw('<'),
    upTo: raw('>='),
    start: LAST_ID,
    end: FIRST_ID,
  },
  'oldest first': {
    order: raw('ASC'),
    behind: raw('>'),
    upTo: raw('<='),
    start: FIRST_ID,
    end: LAST_ID,
  },
};

/**
 * The next rows behind an id that the rule lets through. However many others stand before them, one statement
 * asks the rule about a portion at most, and others have their turn before the next; a page that fills at once
 * needs only one, and stops there.
 */
export async function findInPortions<Row extends { id: string }>(
  reader: Reader,
  list: RuledList,
  behind: string | null,
  limit: number,
  { order = 'newest first', values = {} }: { order?: Order; values?: NamedValues } = {},
): Promise<Row[]> {
  const found: Row[] = [];
  const portion = PORTIONS[order](list);
  let from = behind ?? DIRECTIONS[order].start;
  for (let size = FIRST_PORTION; ; size = PORTION) {
    const part = { from, before: size - 1, limit: limit - found.length };
    const answers = await reader.many<Row & { isEnd: number }>(
      new Statement(portion, { ...values, ...part }),
    );
    const end = answers.find(({ isEnd }) => isEnd);
    found.push(...answers.filter(({ isEnd }) => !isEnd));
    if (found.length === limit || !end) return found;
    from = end.id;
    await nextTurn();
  }
}

/** How many of a list, newest first, the rule lets through, up to `limit`; in portions as above. */
export async function countInPortions(
  reader: Reader,
  list: RuledList,
  limit: number,
  values: NamedValues,
): Promise<number> {
  let counted = 0;
  let from: string | null = DIRECTIONS['newest first'].start;
  for (let size = FIRST_PORTION; from !== null; size = PORTION) {
    const part: NamedValues = { from, before: size - 1, limit: limit - counted };
    const row: { counted: number; end: string | null } | null = await reader.one(
      new Statement(countedPortion(list), { ...values, ...part }),
    );
    counted += row!.counted;
    if (counted === limit) return counted;
    from = row!.end;
    if (from !== null) await nextTurn();
  }
  return counted;
}

/** A portion's rows, and the last of them, for a WITH. */
const inPortion = ({ rows, id }: RuledList, order: Order) => {
  const direction = DIRECTIONS[order];
  const part = sql`${rows} AND ${id} ${direction.behind} ${named('from')}`;
  return {
    end: sql`portion_end AS MATERIALIZED (
      SELECT ${id} AS id FROM ${part} ORDER BY ${id} ${direction.order} LIMIT 1 OFFSET ${named('before')})`,
    rows: sql`${part} AND ${id} ${direction.upTo} COALESCE((SELECT portion_end.id FROM portion_end), ${direction.end})`,
  };
};

const countedPortion = around((list: RuledList): Sql => {
  const portion = inPortion(list, 'newest first');
  return sql`
    WITH ${portion.end}
    SELECT (SELECT portion_end.id FROM portion_end) AS "end", (SELECT count(*) FROM (
      SELECT ${list.id} AS id FROM ${portion.rows} AND ${list.rule} LIMIT ${named('limit')}) AS passed) AS counted`;
});

/** The page of one portion and, marked, the last row of the portion; without that row, the list has ended. */
const portionIn = (order: Order) =>
  around((list: RuledList): Sql => {
    const { id, columns, rule } = list;
    const portion = inPortion(list, order);
    const nothing = Object.keys(columns).map(() => sql`, NULL`);
    return sql`
      WITH ${portion.end}
      SELECT * FROM (
        SELECT ${id} AS id, 0 AS "isEnd", ${selected(columns)} FROM ${portion.rows} AND ${rule}
        ORDER BY ${id} ${DIRECTIONS[order].order} LIMIT ${named('limit')}) AS page
      UNION ALL SELECT portion_end.id, 1 ${join(nothing, '')} FROM portion_end`;
  });

const PORTIONS = {
  'newest first': portionIn('newest first'),
  'oldest first': portionIn('oldest first'),
};
