import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { Suspension } from './entities/suspension.entity.js';

@Injectable()
export class SuspensionsRepository {
  constructor(private readonly database: Database) {}

  find(reader: Reader, userId: string): Promise<Suspension | null> {
    return reader.one(sql`
      SELECT s.user_id AS "userId", s.case_id AS "caseId", s.ends_at AS "endsAt"
      FROM suspensions s WHERE s.user_id = ${userId}`);
  }

  /** By what was decided and not undone; the one that ends last comes first. */
  findHolding(transaction: Transaction, userId: string, now: string): Promise<Suspension[]> {
    return transaction.many(sql`
      SELECT c.person_id AS "userId", c.id AS "caseId", c.ends_at AS "endsAt" FROM report_cases c
      WHERE c.person_id = ${userId} AND c.decision = 'suspend' AND c.undone_at IS NULL
        AND (c.ends_at IS NULL OR c.ends_at > ${now})
      ORDER BY CASE WHEN c.ends_at IS NULL THEN 0 ELSE 1 END, c.ends_at DESC`);
  }

  async save(transaction: Transaction, suspension: Suspension): Promise<void> {
    await this.delete(transaction, suspension.userId);
    await transaction.insert(Suspension, suspension);
  }

  async delete(transaction: Transaction, userId: string): Promise<boolean> {
    return (await transaction.delete(Suspension, { userId })) === 1;
  }

  async findDue(now: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT s.user_id AS id FROM suspensions s WHERE s.ends_at <= ${now} ORDER BY s.ends_at LIMIT ${limit}`);
  }
}
