import { setImmediate as nextTurn } from 'node:timers/promises';
import { currentWork } from '../http/request-context.js';
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
 * A list ordered by an index, of which a rule passes some rows. With named parameters only, it is built once and
 * reused.
 */
export interface RuledList {
  /** A FROM with its WHERE, exactly as far as the index covers it */
  rows: Sql;
  /** The id that the index orders rows by */
  id: Sql;
  /** Further columns to read, by name */
  columns: Record<string, Sql>;
  /** The rule for each row */
  rule: Rule;
}

type Order = 'newest first' | 'oldest first';

/** Enough for nearly every page, and fast to read. */
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
 * The next rows after an id that pass the rule. However many rows fail it, one statement tests at most a portion, and
 * it yields between statements. A page that fills at once needs only one.
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

/** How many rows of a list pass the rule, up to `limit`; in portions as above. */
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

/** One or two milliseconds of writing, so that other writers can run in between. */
const WRITTEN_AT_ONCE = 50;

/** Between portions, work in the background stops if its node is shutting down. */
export const mayGoOn = (): void => currentWork()?.signal?.throwIfAborted();

/** Processes all ids in order, a portion at a time. */
export async function inPortionsOfIds(
  find: (after: string, limit: number) => Promise<string[]>,
  work: (ids: string[]) => Promise<unknown>,
): Promise<void> {
  for (let after: string | undefined = FIRST_ID; after !== undefined;) {
    mayGoOn();
    const ids: string[] = await find(after, WRITTEN_AT_ONCE);
    if (ids.length) await work(ids);
    after = ids[WRITTEN_AT_ONCE - 1];
  }
}

/** Repeats `work`, which returns how much it did, until it does less than a full portion. */
export async function untilLittleIsLeft(work: (limit: number) => Promise<number>): Promise<void> {
  while ((await work(WRITTEN_AT_ONCE)) === WRITTEN_AT_ONCE) mayGoOn();
}

/** The rows of a portion and its last row, for a WITH. */
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

/** The rows of one portion that pass and, marked, its last row; without that row, the list has ended. */
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
