import { Injectable } from '@nestjs/common';
import type { HistoryKind } from '@echomate/contracts/history.dto';
import { Database } from '../../../platform/database/database.service.js';
import {
  anyOf,
  empty,
  sql,
  type Reader,
  type Transaction,
} from '../../../platform/database/statements.js';
import { HistoryEntry } from './entities/history-entry.entity.js';

@Injectable()
export class HistoryRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, entry: HistoryEntry): Promise<void> {
    await transaction.insert(HistoryEntry, entry);
  }

  /** Newest first. */
  findPage(
    userId: string,
    before: string | null,
    limit: number,
  ): Promise<Omit<HistoryEntry, 'userId'>[]> {
    return this.database.many(sql`
      SELECT h.id, h.kind, h.device, h.network, h.at FROM account_history h
      WHERE h.user_id = ${userId} ${before ? sql`AND h.id < ${before}` : empty}
      ORDER BY h.id DESC LIMIT ${limit}`);
  }

  /** How many there are since then, counting no further than `limit`. */
  async count(reader: Reader, { userId, kinds, since, limit }: HistoryCount): Promise<number> {
    const rows = await reader.many(sql`
      SELECT h.id FROM account_history h
      WHERE h.user_id = ${userId} AND h.kind IN (${anyOf(kinds)}) AND h.at >= ${since}
      LIMIT ${limit}`);
    return rows.length;
  }

  /** Returns how many it deleted, at most `limit`. */
  deleteOfUser(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM account_history WHERE id IN (
        SELECT e.id FROM account_history e WHERE e.user_id = ${userId} LIMIT ${limit})`);
  }

  /** Returns how many it deleted, at most `limit`. */
  deleteBefore(transaction: Transaction, day: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM account_history WHERE id IN (
        SELECT e.id FROM account_history e WHERE e.at < ${day} LIMIT ${limit})`);
  }
}

interface HistoryCount {
  userId: string;
  kinds: HistoryKind[];
  since: string;
  limit: number;
}
