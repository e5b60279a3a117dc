import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type Sqlite from 'better-sqlite3';
import type { Pool, PoolClient } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { Checkpoints } from './checkpoints.js';
import { yieldToRequests } from './event-loop.js';
import { FairQueue } from './fair-queue.js';
import { untilLittleIsLeft } from './portions.js';
import { PostgresConnection } from './postgres.js';
import { openSqliteReader, SqliteConnection } from './sqlite.js';
import {
  sql,
  type Connection,
  type Reader,
  type Sql,
  type Statement,
  type Transaction,
} from './statements.js';
import { countStatement } from '../http/request-context.js';
import type { Dialect } from './columns.js';
import { OpenTransaction } from './transaction.js';

/** PostgreSQL's codes for a serialization failure and a deadlock. */
const COLLISIONS = new Set<string | undefined>(['40001', '40P01']);
const ATTEMPTS = 4;

/** Whether the current code runs inside a transaction. */
const inside = new AsyncLocalStorage<boolean>();

/**
 * Access to the database. Reads see only committed data; every write happens inside `transaction`.
 *
 * On SQLite one connection writes, and transactions run on it one at a time: otherwise statements of other requests
 * could run inside a transaction that awaits, and be undone by its roll-back after they were reported as saved. A
 * second, read-only connection serves reads. On PostgreSQL a pool does both.
 */
@Injectable()
export class Database implements Reader, OnApplicationShutdown {
  readonly dialect: Dialect;
  private readonly logger = new Logger(Database.name);
  private readonly writers = new FairQueue();
  private readonly reader: Connection;
  private readonly checkpoints: Checkpoints | null = null;
  /** Number of retried transactions since the start. */
  collisions = 0;
  private readonly running = new Set<Promise<unknown>>();

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    if (dataSource.options.type === 'postgres') {
      this.dialect = 'postgres';
      this.reader = new PostgresConnection(
        (dataSource.driver as unknown as { master: Pool }).master,
        false,
      );
    } else {
      this.dialect = 'sqlite';
      const file = dataSource.options.database as string;
      this.reader = openSqliteReader(file);
      this.checkpoints = new Checkpoints(file);
    }
  }

  many<Row>(query: Sql | Statement): Promise<Row[]> {
    this.assertOutside();
    countStatement();
    return this.reader.many<Row>(query);
  }

  async one<Row>(query: Sql | Statement): Promise<Row | null> {
    return (await this.many<Row>(query))[0] ?? null;
  }

  async ids(query: Sql | Statement): Promise<string[]> {
    return (await this.many<{ id: string }>(query)).map(({ id }) => id);
  }

  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    this.assertOutside();
    await yieldToRequests();
    const attempt =
      this.dialect === 'sqlite'
        ? this.writers.enter(() => this.attempt(work))
        : this.attempts(work);
    this.running.add(attempt);
    try {
      const { result, afterCommit } = await attempt;
      for (const follow of afterCommit) await follow();
      return result;
    } finally {
      this.running.delete(attempt);
    }
  }

  /** Repeats `work`, each time in its own transaction, until it reports less than a full batch. */
  async inBatches(
    work: (transaction: Transaction, limit: number) => Promise<number>,
  ): Promise<void> {
    await untilLittleIsLeft((limit) => this.transaction((transaction) => work(transaction, limit)));
  }

  /**
   * PostgreSQL aborts one of two deadlocked transactions and saves nothing of it. It is retried, so `work` may run more
   * than once. Every retry is logged; taking locks in a fixed order (`locks.ts`) keeps them rare.
   */
  private async attempts<Result>(work: (transaction: Transaction) => Promise<Result>) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !COLLISIONS.has((error as { code?: string }).code)) throw error;
        this.logger.warn(
          { err: error, attempt, collisions: ++this.collisions },
          'A transaction collided and is retried',
        );
        // Jitter, so that they do not collide again.
        await sleep(Math.random() * 2 ** attempt * 5);
      }
    }
  }

  private async attempt<Result>(work: (transaction: Transaction) => Promise<Result>) {
    const runner = this.dataSource.createQueryRunner();
    try {
      const transaction = new OpenTransaction(
        await this.connect(runner),
        (entity) => this.dataSource.getMetadata(entity),
        this.dialect,
      );
      await transaction.begin();
      try {
        const result = await inside.run(true, () => work(transaction));
        await transaction.commit();
        return { result, afterCommit: transaction.followUps };
      } catch (error) {
        await transaction
          .rollBack()
          .catch((cause: unknown) => this.logger.error({ err: cause }, 'A roll-back failed'));
        throw error;
      }
    } finally {
      // TypeORM shares one runner for all of SQLite; releasing it would close it for everyone.
      if (this.dialect === 'postgres') await runner.release();
    }
  }

  /**
   * On PostgreSQL, a transaction that needs a second connection may wait for one held by others who wait for it; on
   * SQLite it would not see its own changes. Use the transaction itself.
   */
  private assertOutside(): void {
    if (inside.getStore()) throw new Error('Inside a transaction everything goes through it');
  }

  private async connect(runner: QueryRunner): Promise<Connection> {
    const connection: unknown = await runner.connect();
    return this.dialect === 'postgres'
      ? new PostgresConnection(connection as PoolClient, true)
      : (this.sqliteWriter ??= new SqliteConnection(connection as Sqlite.Database, true));
  }
  private sqliteWriter: SqliteConnection | undefined;

  /** Throws if the database does not answer. */
  async ping(): Promise<void> {
    await this.many(sql`SELECT 1`);
  }

  async hasPendingMigrations(): Promise<boolean> {
    return this.dataSource.showMigrations();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.checkpoints?.stop();
    if (this.reader instanceof SqliteConnection) this.reader.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
