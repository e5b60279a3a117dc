import { Injectable } from '@nestjs/common';
import type { ReportedKind, ReportReason } from '@echomate/contracts/moderation.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { idAt, timeOf } from '../../platform/database/ids.js';
import { locks } from '../../platform/database/locks.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import type { Reported } from './snapshots.service.js';
import { Report } from './entities/report.entity.js';
import { ReportCase } from './entities/report-case.entity.js';

export interface OwnReport {
  id: string;
  kind: ReportedKind;
  subjectId: string;
  reason: ReportReason;
  words: string | null;
}

@Injectable()
export class ReportsRepository {
  constructor(private readonly database: Database) {}

  async findOpen(
    transaction: Transaction,
    kind: ReportedKind,
    subjectId: string,
  ): Promise<string | null> {
    const row = await transaction.one<{ id: string }>(sql`
      SELECT c.id FROM report_cases c
      WHERE c.subject_id = ${subjectId} AND c.subject_kind = ${kind} AND c.decided_at IS NULL`);
    return row?.id ?? null;
  }

  async open(
    transaction: Transaction,
    kind: ReportedKind,
    subjectId: string,
    { personId, snapshot }: Reported,
  ): Promise<string> {
    const id = uuid();
    await transaction.insert(ReportCase, {
      id,
      subjectKind: kind,
      subjectId,
      personId,
      snapshot: JSON.stringify(snapshot),
      reportCount: 0,
      claimedById: null,
      claimedUntil: null,
      decidedAt: null,
      decidedById: null,
      decision: null,
      reason: null,
      words: null,
      endsAt: null,
      undoneAt: null,
      appeal: null,
      appealedAt: null,
      appealOutcome: null,
      appealAnswer: null,
      appealAnsweredAt: null,
    });
    return id;
  }

  /** With the lock of what is reported. */
  async hasReported(transaction: Transaction, caseId: string, userId: string): Promise<boolean> {
    const row = await transaction.one(
      sql`SELECT r.id FROM reports r WHERE r.case_id = ${caseId} AND r.reporter_id = ${userId}`,
    );
    return row !== null;
  }

  async add(transaction: Transaction, report: Omit<Report, 'id'>): Promise<void> {
    await transaction.insert(Report, { id: uuid(), ...report });
    await transaction.run(
      sql`UPDATE report_cases SET report_count = report_count + 1 WHERE id = ${report.caseId}`,
    );
  }

  async countSince(transaction: Transaction, userId: string, ms: number): Promise<number> {
    const row = await transaction.one<{ count: number }>(sql`
      SELECT count(*) AS count FROM reports r WHERE r.reporter_id = ${userId} AND r.id > ${idAt(ms)}`);
    return Number(row?.count ?? 0);
  }

  // ——— what is kept of a person

  async findOf(
    userId: string,
    after: string,
    limit: number,
  ): Promise<(OwnReport & { at: string })[]> {
    const rows = await this.database.many<OwnReport>(sql`
      SELECT r.id, c.subject_kind AS kind, c.subject_id AS "subjectId", r.reason, r.words
      FROM reports r JOIN report_cases c ON c.id = r.case_id
      WHERE r.reporter_id = ${userId} AND r.id > ${after} ORDER BY r.id LIMIT ${limit}`);
    return rows.map((row) => ({ ...row, at: timeOf(row.id) }));
  }

  /** What they reported; a case that nobody else reported goes with it. */
  async deleteSomeBy(transaction: Transaction, userId: string, limit: number): Promise<number> {
    const rows = await transaction.many<{
      id: string;
      caseId: string;
      kind: ReportedKind;
      subjectId: string;
    }>(sql`
      SELECT r.id, r.case_id AS "caseId", c.subject_kind AS kind, c.subject_id AS "subjectId"
      FROM reports r JOIN report_cases c ON c.id = r.case_id
      WHERE r.reporter_id = ${userId} ORDER BY c.subject_kind, c.subject_id, r.id LIMIT ${limit}`);
    for (const { id, caseId, kind, subjectId } of rows) {
      // Or whoever reports it at this moment would find a case that goes.
      await locks.reported(transaction, kind, subjectId);
      await transaction.run(sql`DELETE FROM reports WHERE id = ${id}`);
      await transaction.run(
        sql`UPDATE report_cases SET report_count = report_count - 1 WHERE id = ${caseId}`,
      );
      await transaction.run(sql`
        DELETE FROM report_cases WHERE id = ${caseId} AND decided_at IS NULL AND report_count = 0`);
    }
    return rows.length;
  }

  /** What was reported of theirs, with what others said about it. */
  async deleteSomeAbout(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM report_cases WHERE id IN (
        SELECT c.id FROM report_cases c WHERE c.person_id = ${userId} ORDER BY c.id LIMIT ${limit})`);
  }

  async forgetModerator(transaction: Transaction, userId: string): Promise<void> {
    await transaction.update(ReportCase, { claimedById: userId }, { claimedById: null });
    await transaction.update(ReportCase, { decidedById: userId }, { decidedById: null });
  }
}
