import { Injectable } from '@nestjs/common';
import { Database } from './database.service.js';
import { join, raw, sql, type Sql, type Transaction } from './statements.js';

/** What a text must have to be found. Tokens are words, or signs that stand for something else, without ASCII marks. */
export type Expression =
  | { token: string }
  | { beginning: string }
  | { phrase: string[] }
  | { all: Expression[]; none?: Expression[] }
  | { any: Expression[] };

/** Where a text is kept: on the closed partition, beginnings are not found fast whatever their number. */
export type Partition = 'open' | 'chosen' | 'closed';

const TABLES: Record<Partition, Sql> = {
  open: raw('search_open'),
  chosen: raw('search_chosen'),
  closed: raw('search_closed'),
};

/** Numbers from `from` up to, but not including, `to`. */
export interface Range {
  from: number;
  to: number;
}

/**
 * On all partitions but the closed one, beginnings of these lengths, in characters, are indexed as such. Others are cut to the next length,
 * so that whoever asks compares what is found.
 */
const BEGINNINGS = [2, 3, 4, 5, 6, 8, 10];

/** PostgreSQL: what is in the same stretch of numbers; some days, as numbers are made of time. */
const STRETCH = 2 ** 41;
const stretchToken = (number: number) => `\u0098${Math.floor(number / STRETCH).toString(36)}`;
const beginningToken = (text: string) => `\u0099${text}`;

/** SQLite: a query of frequent tokens that are hardly ever together is answered in pieces of so many texts. */
const FIRST_PIECE = 2000;
const PIECE = 20_000;
/** Fewer texts than this can be walked at once. */
const FEW = 1000;

const beginningOf = (token: string, length: number) => [...token].slice(0, length).join('');

const indexedBeginning = (token: string): string => {
  const { length } = [...token];
  return beginningOf(token, BEGINNINGS.findLast((indexed) => indexed <= length) ?? length);
};

/**
 * Full text: SQLite's FTS5 or PostgreSQL's tsvector. Both are given the same tokens, so both find the same. Texts have
 * numbers, and what is found comes with the highest numbers first.
 */
@Injectable()
export class TextIndex {
  constructor(private readonly database: Database) {}

  /** Positions of tokens matter to phrases only. */
  async insert(
    transaction: Transaction,
    partition: Partition,
    number: number,
    tokens: string[],
  ): Promise<void> {
    const table = TABLES[partition];
    if (this.database.dialect === 'sqlite') {
      await transaction.run(
        sql`INSERT INTO ${table} (rowid, words) VALUES (${number}, ${tokens.join(' ')})`,
      );
      return;
    }
    const vector = vectorOf(tokens, [
      stretchToken(number),
      ...(partition === 'closed' ? [] : beginningsOf(tokens)),
    ]);
    await transaction.run(
      sql`INSERT INTO ${table} (number, words) VALUES (${number}, ${vector}::tsvector)`,
    );
  }

  async remove(transaction: Transaction, numbers: number[]): Promise<void> {
    if (!numbers.length) return;
    const id = this.database.dialect === 'sqlite' ? sql`rowid` : sql`number`;
    for (const table of Object.values(TABLES))
      await transaction.run(sql`DELETE FROM ${table} WHERE ${id} IN (${join(numbers)})`);
  }

  /** The highest numbers in the range whose texts match. */
  find(
    partition: Partition,
    expression: Expression,
    range: Range,
    limit: number,
  ): Promise<number[]> {
    return this.database.dialect === 'sqlite'
      ? this.findOnSqlite(partition, expression, range, limit)
      : this.findOnPostgres(partition, expression, range, limit);
  }

  private async findOnSqlite(
    partition: Partition,
    expression: Expression,
    range: Range,
    limit: number,
  ): Promise<number[]> {
    const found: number[] = [];
    const query = matchOf(expression, partition);
    const mayWalkFar = await this.mayWalkFar(partition, expression);
    for (let { from, to } = range, size = FIRST_PIECE; ; size = PIECE) {
      const start = mayWalkFar ? await this.startOfPiece(partition, to, size) : null;
      const piece = { from: Math.max(from, start ?? from), to };
      found.push(...(await this.matching(partition, query, piece, limit - found.length)));
      if (found.length === limit || start === null || start <= from) return found;
      to = start;
    }
  }

  private async matching(
    partition: Partition,
    query: string,
    { from, to }: Range,
    limit: number,
  ): Promise<number[]> {
    const rows = await this.database.many<{ number: number }>(sql`
      SELECT rowid AS number FROM ${TABLES[partition]} WHERE words MATCH ${query} AND rowid >= ${from} AND rowid < ${to}
      ORDER BY rowid DESC LIMIT ${limit}`);
    return rows.map(({ number }) => number);
  }

  /** Whether all tokens that must be there are frequent, so that it may take long to find them together. */
  private async mayWalkFar(partition: Partition, expression: Expression): Promise<boolean> {
    const needed = neededBy(expression);
    if (needed.length < 2) return false;
    for (const one of needed) {
      const row = await this.database.one<{ count: number }>(sql`
        SELECT count(*) AS count FROM (
          SELECT rowid FROM ${TABLES[partition]} WHERE words MATCH ${matchOf(one, partition)} LIMIT ${FEW})`);
      if (row!.count < FEW) return false;
    }
    return true;
  }

  /** The number at which the texts before `to` are so many; null if there are fewer. */
  private async startOfPiece(
    partition: Partition,
    to: number,
    size: number,
  ): Promise<number | null> {
    const texts = raw(`search_${partition}_docsize`);
    const row = await this.database.one<{ id: number }>(
      sql`SELECT id FROM ${texts} WHERE id < ${to} ORDER BY id DESC LIMIT 1 OFFSET ${size - 1}`,
    );
    return row?.id ?? null;
  }

  /** First in the newest stretches, so that a frequent word need not be collected from all texts. */
  private async findOnPostgres(
    partition: Partition,
    expression: Expression,
    { from, to }: Range,
    limit: number,
  ): Promise<number[]> {
    const table = TABLES[partition];
    const query = tsqueryOf(expression, partition);
    const row = await this.database.one<{ last: number | null }>(
      sql`SELECT max(number) AS last FROM ${table}`,
    );
    const last = Math.min(to - 1, row?.last ?? 0);
    const newest = `(${[last, last - STRETCH].map((number) => quoted(stretchToken(number))).join(' | ')})`;
    for (const asked of [`${newest} & (${query})`, query]) {
      const rows = await this.database.many<{ number: number }>(sql`
        WITH hits AS MATERIALIZED (SELECT number FROM ${table} WHERE words @@ ${asked}::tsquery)
        SELECT number FROM hits WHERE number >= ${from} AND number < ${to} ORDER BY number DESC LIMIT ${limit}`);
      if (rows.length === limit || asked === query) return rows.map(({ number }) => number);
    }
    return [];
  }
}

const quoted = (token: string) => `'${token.replace(/['\\]/g, '$&$&')}'`;

/** PostgreSQL counts positions up to this. */
const LAST_POSITION = 16383;

const vectorOf = (tokens: string[], unplaced: string[]): string =>
  [
    ...tokens.map((token, at) => `${quoted(token)}:${Math.min(at + 1, LAST_POSITION)}`),
    ...unplaced.map(quoted),
  ].join(' ');

const beginningsOf = (tokens: string[]): string[] => [
  ...new Set(
    tokens.flatMap((token) =>
      BEGINNINGS.filter((length) => [...token].length >= length).map((length) =>
        beginningToken(beginningOf(token, length)),
      ),
    ),
  ),
];

const many = (parts: string[], between: string) => `(${parts.join(between)})`;

/** The tokens that every match has, as far as they are plain. */
function neededBy(expression: Expression): Expression[] {
  if ('phrase' in expression) return expression.phrase.map((token) => ({ token }));
  if ('all' in expression) return expression.all.flatMap(neededBy);
  return 'any' in expression ? [] : [expression];
}

/** In the language of FTS5. */
function matchOf(expression: Expression, partition: Partition): string {
  const part = (inner: Expression) => matchOf(inner, partition);
  if ('token' in expression) return `"${expression.token}"`;
  if ('beginning' in expression) {
    const { beginning } = expression;
    return `"${partition === 'closed' ? beginning : indexedBeginning(beginning)}" *`;
  }
  if ('phrase' in expression) return `"${expression.phrase.join(' ')}"`;
  if ('any' in expression) return many(expression.any.map(part), ' OR ');
  const all = many(expression.all.map(part), ' AND ');
  return expression.none?.length ? `(${all} NOT ${many(expression.none.map(part), ' OR ')})` : all;
}

function tsqueryOf(expression: Expression, partition: Partition): string {
  const part = (inner: Expression) => tsqueryOf(inner, partition);
  if ('token' in expression) return quoted(expression.token);
  if ('beginning' in expression) {
    const { beginning } = expression;
    return partition === 'closed'
      ? `${quoted(beginning)}:*`
      : quoted(beginningToken(indexedBeginning(beginning)));
  }
  if ('phrase' in expression) return many(expression.phrase.map(quoted), ' <-> ');
  if ('any' in expression) return many(expression.any.map(part), ' | ');
  const all = many(expression.all.map(part), ' & ');
  return expression.none?.length ? `(${all} & !${many(expression.none.map(part), ' | ')})` : all;
}
