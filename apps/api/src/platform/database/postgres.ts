import { createHash } from 'node:crypto';
import pg, { type Pool, type PoolClient } from 'pg';
import type { Connection, Sql } from './statements.js';

const { builtins } = pg.types;

/** Makes PostgreSQL's values equal SQLite's: ISO text for times, plain text for days, numbers for counts. */
export function settleValueTypes(): void {
  pg.types.setTypeParser(builtins.INT8, Number);
  pg.types.setTypeParser(builtins.DATE, (value) => value);
  pg.types.setTypeParser(builtins.TIMESTAMPTZ, (value) => new Date(value).toISOString());
}

/** Statements are named by their text, so that PostgreSQL parses and plans each once per connection. */
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

export class PostgresConnection implements Connection {
  constructor(private readonly client: Pool | PoolClient) {}

  async many<Row>(query: Sql): Promise<Row[]> {
    const text = query.text;
    return (await this.client.query({ name: nameOf(text), text, values: query.values }))
      .rows as Row[];
  }

  async run(query: Sql): Promise<number> {
    return (await this.client.query(query.text, query.values)).rowCount ?? 0;
  }
}
