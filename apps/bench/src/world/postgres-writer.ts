import type * as Pg from 'pg';
import { fromApi } from '../api-packages.ts';
import type { Row, RowWriter } from './bulk-writer.ts';

/** What `pg` has for whoever speaks the protocol, and its types leave out. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sync(): void;
}

const CHUNK = 1024 * 1024;

/**
 * Writes millions of rows into the empty PostgreSQL database of an api that does not run, by COPY. The indexes
 * that the migrations made are built at the end; references are not checked, which only a superuser may ask for.
 */
export class PostgresWriter implements RowWriter {
  private readonly waiting = new Map<string, string[]>();

  private readonly client: Pg.Client;
  private readonly indexes: string[];

  private constructor(client: Pg.Client, indexes: string[]) {
    this.client = client;
    this.indexes = indexes;
  }

  static async open(connectionString: string): Promise<PostgresWriter> {
    const { Client } = fromApi('pg') as typeof Pg;
    const client = new Client({ connectionString });
    // If writing fails, the database goes while this connection is still there.
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`SET session_replication_role = replica`);
    await client.query(`SET timezone = UTC`);
    const { rows } = await client.query<{ name: string; definition: string }>(`
      SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE schemaname = current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint)`);
    for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
    return new PostgresWriter(
      client,
      rows.map(({ definition }) => definition),
    );
  }

  insert(table: string, columns: string, row: Row): void {
    const target = `${table} (${columns})`;
    let lines = this.waiting.get(target);
    if (!lines) this.waiting.set(target, (lines = []));
    lines.push(row.map(field).join('\t'));
  }

  async flush(): Promise<void> {
    for (const [target, lines] of this.waiting) await this.copy(target, lines);
    this.waiting.clear();
  }

  async end(): Promise<void> {
    await this.flush();
    for (const index of this.indexes) await this.client.query(index);
    await this.client.end();
  }

  private copy(target: string, lines: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const copying = {
        submit: (wire: Wire) => wire.query(`COPY ${target} FROM STDIN`),
        handleCopyInResponse(wire: Wire) {
          let chunk = '';
          for (const line of lines) {
            chunk += `${line}\n`;
            if (chunk.length < CHUNK) continue;
            wire.sendCopyFromChunk(Buffer.from(chunk));
            chunk = '';
          }
          if (chunk) wire.sendCopyFromChunk(Buffer.from(chunk));
          wire.endCopyFrom();
        },
        handleCommandComplete: () => undefined,
        handleError: reject,
        handleReadyForQuery: () => resolve(),
      };
      this.client.query(copying as unknown as Pg.Submittable);
    });
  }
}

const field = (value: string | number | null): string =>
  value === null
    ? '\\N'
    : typeof value === 'number'
      ? String(value)
      : value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
