import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { Export } from './entities/export.entity.js';

const COLUMNS = sql`
  e.id, e.user_id AS "userId", e.state, e.items, e.files, e.bytes, e.created_at AS "createdAt",
  e.ready_at AS "readyAt"`;

@Injectable()
export class ExportsRepository {
  constructor(private readonly database: Database) {}

  findNewest(userId: string, reader: Reader = this.database): Promise<Export | null> {
    return reader.one(
      sql`SELECT ${COLUMNS} FROM exports e WHERE e.user_id = ${userId} ORDER BY e.id DESC LIMIT 1`,
    );
  }

  find(id: string, reader: Reader = this.database): Promise<Export | null> {
    return reader.one(sql`SELECT ${COLUMNS} FROM exports e WHERE e.id = ${id}`);
  }

  async countSince(transaction: Transaction, userId: string, since: string): Promise<number> {
    const row = await transaction.one<{ count: number }>(
      sql`SELECT count(*) AS count FROM exports e WHERE e.user_id = ${userId} AND e.created_at > ${since}`,
    );
    return Number(row!.count);
  }

  async insert(transaction: Transaction, row: Export): Promise<void> {
    await transaction.insert(Export, row);
  }

  /** Returns whether it is still there. */
  async update(transaction: Transaction, id: string, values: Partial<Export>): Promise<boolean> {
    return (await transaction.update(Export, { id }, values)) === 1;
  }

  /** Returns the ids of those it deleted. */
  async deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<string[]> {
    return transaction.ids(sql`
      DELETE FROM exports WHERE id IN (
        SELECT e.id FROM exports e WHERE e.user_id = ${userId} ORDER BY e.id LIMIT ${limit})
      RETURNING id`);
  }

  /** Finds exports that were begun before this moment. */
  async deleteSomeBefore(
    transaction: Transaction,
    before: string,
    limit: number,
  ): Promise<string[]> {
    return transaction.ids(sql`
      DELETE FROM exports WHERE id IN (
        SELECT e.id FROM exports e WHERE e.created_at < ${before} ORDER BY e.created_at LIMIT ${limit})
      RETURNING id`);
  }
}
