import { createHash } from 'node:crypto';
import pg, { type Pool, type PoolClient } from 'pg';
import { countInBackground, yieldToRequests } from './event-loop.js';
import { Named, Statement, valueOf, type Connection, type Sql } from './statements.js';

const { builtins } = pg.types;

/** Makes PostgreSQL return the same values as SQLite: ISO text for times, plain text for dates, numbers for counts. */
export function settleValueTypes(): void {
  pg.types.setTypeParser(builtins.INT8, Number);
  pg.types.setTypeParser(builtins.DATE, (value) => value);
  pg.types.setTypeParser(builtins.TIMESTAMPTZ, (value) => new Date(value).toISOString());
}

/** A name for each statement text, so that PostgreSQL parses and plans it once per connection. */
const names = new Map<string, string>();
const nameOf = (text: string) => {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha1').update(text).digest('base64url');
    if (names.size >= 2000) names.clear();
    names.set(text, name);
  }
  return name;
};

/** A prepared text and what to bind; a name is bound once, however often it occurs. */
interface Prepared {
  name: string;
  text: string;
  bound: unknown[];
}

const prepared = new WeakMap<Sql, Prepared>();

function prepare(query: Sql): Prepared {
  let known = prepared.get(query);
  if (!known) {
    const places = new Map<unknown, number>();
    const bound: unknown[] = [];
    const placeOf = (value: unknown) => {
      const key = value instanceof Named && value.at === undefined ? value.name : bound.length;
      if (!places.has(key)) places.set(key, bound.push(value));
      return places.get(key)!;
    };
    const text = query.strings
      .map((part, at) => (at ? `$${placeOf(query.values[at - 1])}${part}` : part))
      .join('');
    prepared.set(query, (known = { name: nameOf(text), text, bound }));
  }
  return known;
}

export class PostgresConnection implements Connection {
  constructor(
    private readonly client: Pool | PoolClient,
    private readonly isWriting: boolean,
  ) {}

  async many<Row>(query: Sql | Statement): Promise<Row[]> {
    const { rows } = await this.execute(asked(query));
    // Whoever writes holds locks, and pauses before the next transaction.
    if (!this.isWriting) await yieldToRequests();
    return rows as Row[];
  }

  async run(query: Sql | Statement): Promise<number> {
    // Without values it is BEGIN or COMMIT, for which there is nothing to plan.
    const isBare = !(query instanceof Statement) && !query.values.length;
    return (await this.execute(isBare ? query.text : asked(query))).rowCount ?? 0;
  }

  async beginWriting(): Promise<void> {
    await this.execute('BEGIN');
  }

  private async execute(query: string | ReturnType<typeof asked>) {
    const start = performance.now();
    const result = await this.client.query(query);
    countInBackground(performance.now() - start);
    return result;
  }
}

function asked(query: Sql | Statement) {
  if (!(query instanceof Statement)) {
    const { text, values } = query;
    return { name: nameOf(text), text, values };
  }
  const { name, text, bound } = prepare(query.sql);
  const values = bound.map((value) =>
    value instanceof Named ? valueOf(value, query.values) : value,
  );
  return { name, text, values };
}
