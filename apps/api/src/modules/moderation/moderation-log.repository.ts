import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { ModerationLogRow } from './entities/moderation-log-row.entity.js';

@Injectable()
export class ModerationLogRepository {
  constructor(private readonly database: Database) {}

  findLast(transaction: Transaction): Promise<Pick<ModerationLogRow, 'position' | 'hash'> | null> {
    return transaction.one(
      sql`SELECT l.position, l.hash FROM moderation_log l ORDER BY l.position DESC LIMIT 1`,
    );
  }

  async append(transaction: Transaction, row: ModerationLogRow): Promise<void> {
    await transaction.insert(ModerationLogRow, row);
  }

  findAfter(position: number, limit: number): Promise<ModerationLogRow[]> {
    return this.database.many(sql`
      SELECT l.position, l.at, l.action, l.actor_id AS "actorId", l.case_id AS "caseId",
        l.subject_kind AS "subjectKind", l.subject_id AS "subjectId", l.person_id AS "personId", l.reason,
        l.words_hash AS "wordsHash", l.ends_at AS "endsAt", l.previous_hash AS "previousHash", l.hash
      FROM moderation_log l WHERE l.position > ${position} ORDER BY l.position LIMIT ${limit}`);
  }
}
