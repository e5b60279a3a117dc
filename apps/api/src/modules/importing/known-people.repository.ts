import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { LAST_ID } from '../../platform/database/ids.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { KnownPerson } from './entities/import.entity.js';

export type KnownRow = Pick<KnownPerson, 'id' | 'personId'> & { isSameHandle: boolean | number };

@Injectable()
export class KnownPeopleRepository {
  constructor(private readonly database: Database) {}

  find(userId: string, before: string | null, limit: number): Promise<KnownRow[]> {
    return this.database.many(sql`
      SELECT k.id, k.person_id AS "personId", k.is_same_handle AS "isSameHandle" FROM known_people k
      WHERE k.user_id = ${userId} AND k.id < ${before ?? LAST_ID} ORDER BY k.id DESC LIMIT ${limit}`);
  }

  /** Those who are proposed already stay as they are. The caller holds the lock of the user. */
  async add(transaction: Transaction, row: KnownPerson): Promise<void> {
    const known = await transaction.one(sql`
      SELECT k.id FROM known_people k
      WHERE k.user_id = ${row.userId} AND k.person_id = ${row.personId}`);
    if (!known) await transaction.insert(KnownPerson, row);
  }

  /** Deletes what is proposed to somebody, and where they are proposed to others. */
  deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM known_people WHERE id IN (
        SELECT k.id FROM known_people k
        WHERE k.user_id = ${userId} OR k.person_id = ${userId} LIMIT ${limit})`);
  }

  deleteSomeBefore(transaction: Transaction, before: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM known_people WHERE id IN (
        SELECT k.id FROM known_people k WHERE k.created_at < ${before}
        ORDER BY k.created_at LIMIT ${limit})`);
  }
}
