import type { EntityMetadata } from 'typeorm';
import { countStatement } from '../http/request-context.js';
import type { Dialect } from './columns.js';
import { deleteOf, insertOf, updateOf } from './entity-writes.js';
import {
  anyOf,
  sql,
  type Connection,
  type Sql,
  type Statement,
  type Transaction,
} from './statements.js';

export class OpenTransaction implements Transaction {
  readonly followUps: (() => Promise<void>)[] = [];
  private isOpen = false;

  constructor(
    private readonly connection: Connection,
    private readonly metadataOf: (entity: new () => object) => EntityMetadata,
    private readonly dialect: Dialect,
  ) {}

  async begin(): Promise<void> {
    await this.connection.beginWriting();
    this.isOpen = true;
  }

  async commit(): Promise<void> {
    this.assertOpen();
    await this.connection.run(sql`COMMIT`);
    this.isOpen = false;
  }

  async rollBack(): Promise<void> {
    this.isOpen = false;
    await this.connection.run(sql`ROLLBACK`);
  }

  many<Row>(query: Sql | Statement): Promise<Row[]> {
    this.assertOpen();
    return this.connection.many<Row>(query);
  }

  async one<Row>(query: Sql | Statement): Promise<Row | null> {
    return (await this.many<Row>(query))[0] ?? null;
  }

  async ids(query: Sql | Statement): Promise<string[]> {
    return (await this.many<{ id: string }>(query)).map(({ id }) => id);
  }

  async run(query: Sql | Statement): Promise<number> {
    this.assertOpen();
    return this.connection.run(query);
  }

  async insert<Entity extends object>(
    entity: new () => Entity,
    values: Entity | Entity[],
  ): Promise<void> {
    const rows = Array.isArray(values) ? values : [values];
    if (rows.length) await this.run(insertOf(this.metadataOf(entity), rows));
  }

  async update<Entity extends object>(
    entity: new () => Entity,
    where: Partial<Entity>,
    values: Partial<Entity>,
  ): Promise<number> {
    return this.run(updateOf(this.metadataOf(entity), where, values));
  }

  async delete<Entity extends object>(
    entity: new () => Entity,
    where: Partial<Entity>,
  ): Promise<number> {
    return this.run(deleteOf(this.metadataOf(entity), where));
  }

  async lock(name: string): Promise<void> {
    this.assertOpen();
    // SQLite has one writer at a time: the transaction itself is the lock.
    if (this.dialect === 'postgres') {
      await this.connection.many(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
    }
  }

  async lockRows(table: Sql, ids: string[]): Promise<void> {
    if (this.dialect === 'postgres' && ids.length)
      await this.many(
        sql`SELECT id FROM ${table} WHERE id IN (${anyOf(ids)}) ORDER BY id FOR UPDATE`,
      );
  }

  afterCommit(work: () => Promise<void>): void {
    this.followUps.push(work);
  }

  /** A statement after a forgotten `await` would otherwise run inside another transaction. */
  private assertOpen(): void {
    if (!this.isOpen) throw new Error('This transaction has ended; was an await forgotten?');
    countStatement();
  }
}
