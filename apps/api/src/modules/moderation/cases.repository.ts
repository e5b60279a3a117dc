import { Injectable } from '@nestjs/common';
import type {
  AppealOutcome,
  CasesQuery,
  Decision,
  ReportReason,
} from '@echomate/contracts/moderation.dto';
import { PERMISSIONS } from '@echomate/contracts/permissions';
import type { Role } from '@echomate/contracts/users.dto';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID, LAST_ID } from '../../platform/database/ids.js';
import {
  anyOf,
  join,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { ReportCase } from './entities/report-case.entity.js';

export type CaseData = ReportCase & {
  /** Read with the case, so that whoever is a moderator no longer decides nothing */
  viewerRole: Role | null;
  personRole: Role | null;
  /** False for whoever decided, if somebody else can look at an appeal, and for whoever can't act on an admin */
  mayAnswer: boolean | number;
  claimedBy: string | null;
  decidedBy: string | null;
};

export interface ReportRow {
  id: string;
  caseId: string;
  reason: ReportReason;
  words: string | null;
}

const REPORTS_SHOWN = 50;

/** Only admins act on an admin, as `moderation.policy.ts` says. */
const mayActOn = (role: Sql) =>
  sql`(${role} = 'admin' OR COALESCE(person.role, 'member') <> 'admin')`;

/** Whether an appeal is not for somebody else: whoever decided answers it only where nobody else can. */
const mayAnswer = (moderatorId: string) => sql`(
  ${mayActOn(sql`(SELECT viewer.role FROM users viewer WHERE viewer.id = ${moderatorId})`)}
  AND (c.decided_by_id IS NULL OR c.decided_by_id <> ${moderatorId} OR NOT EXISTS (
    SELECT 1 FROM users another
    WHERE another.role IN (${anyOf([...PERMISSIONS['reports.decide']])}) AND another.id <> ${moderatorId}
      AND ${mayActOn(sql`another.role`)} AND (c.person_id IS NULL OR another.id <> c.person_id)
      AND NOT EXISTS (SELECT 1 FROM inactive_accounts away WHERE away.user_id = another.id)
      AND NOT EXISTS (SELECT 1 FROM reports own WHERE own.case_id = c.id AND own.reporter_id = another.id))))`;

const APPEAL_WAITS = sql`c.appealed_at IS NOT NULL AND c.appeal_answered_at IS NULL`;

const caseFor = (moderatorId: string) => sql`
  SELECT c.id, c.subject_kind AS "subjectKind", c.subject_id AS "subjectId", c.person_id AS "personId",
    c.snapshot, c.report_count AS "reportCount", c.claimed_by_id AS "claimedById",
    c.claimed_until AS "claimedUntil", c.decided_at AS "decidedAt", c.decided_by_id AS "decidedById",
    c.decision, c.reason, c.words, c.ends_at AS "endsAt", c.undone_at AS "undoneAt",
    c.appeal, c.appealed_at AS "appealedAt", c.appeal_outcome AS "appealOutcome", c.appeal_answer AS "appealAnswer",
    c.appeal_answered_at AS "appealAnsweredAt", ${mayAnswer(moderatorId)} AS "mayAnswer",
    (SELECT viewer.role FROM users viewer WHERE viewer.id = ${moderatorId}) AS "viewerRole", person.role AS "personRole",
    claimer.first_name || ' ' || claimer.last_name AS "claimedBy",
    decider.first_name || ' ' || decider.last_name AS "decidedBy"
  FROM report_cases c
  LEFT JOIN users person ON person.id = c.person_id
  LEFT JOIN users claimer ON claimer.id = c.claimed_by_id
  LEFT JOIN users decider ON decider.id = c.decided_by_id`;

/** Nobody sees, or decides, what is about themselves, their own, or reported by themselves. */
const isForeign = (moderatorId: string) => sql`(
  (c.person_id IS NULL OR c.person_id <> ${moderatorId})
  AND NOT EXISTS (SELECT 1 FROM reports own WHERE own.case_id = c.id AND own.reporter_id = ${moderatorId}))`;

@Injectable()
export class CasesRepository {
  constructor(private readonly database: Database) {}

  findPage(
    moderatorId: string,
    state: CasesQuery['state'],
    after: string | null,
    limit: number,
  ): Promise<CaseData[]> {
    if (state === 'appealed')
      return this.database.many(sql`
        ${caseFor(moderatorId)} WHERE ${APPEAL_WAITS} AND c.id > ${after ?? FIRST_ID} AND ${isForeign(moderatorId)}
          AND ${mayAnswer(moderatorId)}
        ORDER BY c.id LIMIT ${limit}`);
    return this.database.many(
      state === 'open'
        ? sql`${caseFor(moderatorId)} WHERE c.decided_at IS NULL AND c.id > ${after ?? FIRST_ID} AND ${isForeign(moderatorId)}
            ORDER BY c.id LIMIT ${limit}`
        : sql`${caseFor(moderatorId)} WHERE c.decided_at IS NOT NULL AND c.id < ${after ?? LAST_ID} AND ${isForeign(moderatorId)}
            ORDER BY c.id DESC LIMIT ${limit}`,
    );
  }

  find(moderatorId: string, id: string, reader: Reader = this.database): Promise<CaseData | null> {
    return reader.one(
      sql`${caseFor(moderatorId)} WHERE c.id = ${id} AND ${isForeign(moderatorId)}`,
    );
  }

  /** What was decided about a person, for that person. */
  findOwn(personId: string, id: string, reader: Reader = this.database): Promise<CaseData | null> {
    return reader.one(sql`
      ${caseFor(personId)} WHERE c.id = ${id} AND c.person_id = ${personId} AND c.decision <> 'dismiss'`);
  }

  findReports(caseId: string): Promise<ReportRow[]> {
    return this.database.many(sql`
      SELECT r.id, r.case_id AS "caseId", r.reason, r.words FROM reports r
      WHERE r.case_id = ${caseId} ORDER BY r.id LIMIT ${REPORTS_SHOWN}`);
  }

  /** Only of the reports that a case shows */
  async findReasons(caseIds: string[]): Promise<Map<string, ReportReason[]>> {
    if (!caseIds.length) return new Map();
    const ofEach = caseIds.map(
      (id) => sql`SELECT DISTINCT shown.case_id AS "caseId", shown.reason FROM (
        SELECT r.case_id, r.reason FROM reports r WHERE r.case_id = ${id} ORDER BY r.id LIMIT ${REPORTS_SHOWN}) AS shown`,
    );
    const rows = await this.database.many<{ caseId: string; reason: ReportReason }>(
      sql`${join(ofEach, ' UNION ALL ')} ORDER BY reason`,
    );
    const reasons = new Map<string, ReportReason[]>();
    for (const { caseId, reason } of rows)
      reasons.set(caseId, [...(reasons.get(caseId) ?? []), reason]);
    return reasons;
  }

  /** Whether it is the moderator's now: of two at once, one wins. */
  async claim(
    transaction: Transaction,
    moderatorId: string,
    id: string,
    { now, until }: Record<'now' | 'until', string>,
  ): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE report_cases SET claimed_by_id = ${moderatorId}, claimed_until = ${until}
      WHERE id = ${id} AND (decided_at IS NULL OR (appealed_at IS NOT NULL AND appeal_answered_at IS NULL))
        AND (claimed_by_id IS NULL OR claimed_by_id = ${moderatorId} OR claimed_until <= ${now})`);
    return changed === 1;
  }

  async release(transaction: Transaction, moderatorId: string, id: string): Promise<void> {
    await transaction.update(
      ReportCase,
      { id, claimedById: moderatorId },
      { claimedById: null, claimedUntil: null },
    );
  }

  /** Whether it was still the moderator's to decide. */
  async decide(
    transaction: Transaction,
    moderatorId: string,
    id: string,
    ruling: {
      decision: Decision;
      reason: ReportReason | null;
      words: string | null;
      endsAt: string | null;
      at: string;
    },
  ): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE report_cases SET decision = ${ruling.decision}, reason = ${ruling.reason}, words = ${ruling.words},
        ends_at = ${ruling.endsAt}, decided_at = ${ruling.at}, decided_by_id = ${moderatorId},
        claimed_by_id = NULL, claimed_until = NULL
      WHERE id = ${id} AND decided_at IS NULL AND claimed_by_id = ${moderatorId} AND claimed_until > ${ruling.at}`);
    return changed === 1;
  }

  /** Whether the person could still appeal. */
  async appeal(
    transaction: Transaction,
    personId: string,
    id: string,
    { words, at }: Record<'words' | 'at', string>,
  ): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE report_cases SET appeal = ${words}, appealed_at = ${at}
      WHERE id = ${id} AND person_id = ${personId} AND decision <> 'dismiss' AND undone_at IS NULL
        AND appealed_at IS NULL`);
    return changed === 1;
  }

  /** Whether it was still the moderator's to answer. */
  async answer(
    transaction: Transaction,
    moderatorId: string,
    id: string,
    { outcome, words, at }: { outcome: AppealOutcome; words: string; at: string },
  ): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE report_cases SET appeal_outcome = ${outcome}, appeal_answer = ${words}, appeal_answered_at = ${at},
        claimed_by_id = NULL, claimed_until = NULL
      WHERE id = ${id} AND appealed_at IS NOT NULL AND appeal_answered_at IS NULL
        AND claimed_by_id = ${moderatorId} AND claimed_until > ${at}`);
    return changed === 1;
  }

  /** Whether it was not undone yet. */
  async undo(transaction: Transaction, id: string, at: string): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE report_cases SET undone_at = ${at}
      WHERE id = ${id} AND decided_at IS NOT NULL AND undone_at IS NULL`);
    return changed === 1;
  }
}
