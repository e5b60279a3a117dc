import type {
  Appeal,
  Case,
  CaseClaim,
  CaseRow,
  OwnDecision,
  ReportReason,
  Ruling,
  Snapshot,
} from '@echomate/contracts/moderation.dto';
import { excerptOf } from '@echomate/contracts/text';
import { timeOf } from '../../platform/database/ids.js';
import type { CaseData, ReportRow } from './cases.repository.js';
import { choicesFor, isUndoable } from './moderation.policy.js';
import { toSnapshot, type KeptSnapshot } from './snapshots.service.js';

export function toRow(row: CaseData, moderatorId: string, reasons: ReportReason[]): CaseRow {
  const { id, subjectKind, reportCount, decision } = row;
  const { title, text, author } = JSON.parse(row.snapshot) as Snapshot;
  return {
    id,
    kind: subjectKind,
    openedAt: timeOf(id),
    reportCount,
    reasons,
    author,
    decision,
    excerpt: excerptOf(title || text),
    claim: claimOf(row, moderatorId),
  };
}

export function toCase(row: CaseData, moderatorId: string, reports: ReportRow[]): Case {
  const { id, subjectKind: kind, reportCount, personId, personRole, viewerRole } = row;
  const choices = choicesFor(viewerRole ?? 'member', { kind, personId, personRole });
  return {
    id,
    kind,
    openedAt: timeOf(id),
    reportCount,
    snapshot: toSnapshot(JSON.parse(row.snapshot) as KeptSnapshot),
    reports: reports.map((report) => ({
      reason: report.reason,
      words: report.words,
      at: timeOf(report.id),
    })),
    claim: claimOf(row, moderatorId),
    choices: row.decidedAt ? [] : choices,
    ruling: rulingOf(row, choices.length > 0),
    appeal: appealOf(row),
    canAnswer: isAppealWaiting(row) && Boolean(row.mayAnswer),
  };
}

function claimOf(row: CaseData, moderatorId: string): CaseClaim | null {
  const { claimedById, claimedBy, claimedUntil } = row;
  if (!claimedById || !claimedBy || !claimedUntil) return null;
  if (Date.parse(claimedUntil) <= Date.now()) return null;
  return { by: claimedBy, isOwn: claimedById === moderatorId, until: claimedUntil };
}

function rulingOf(row: CaseData, mayAct: boolean): Ruling | null {
  const { decision, decidedAt, reason, words, endsAt, undoneAt, decidedBy, subjectKind } = row;
  if (!decision || !decidedAt) return null;
  const canUndo = mayAct && !undoneAt && isUndoable(subjectKind, decision);
  return { decision, reason, words, at: decidedAt, endsAt, by: decidedBy, undoneAt, canUndo };
}

/** Nobody has looked again yet. */
export const isAppealWaiting = ({ appealedAt, appealAnsweredAt }: CaseData): boolean =>
  appealedAt !== null && appealAnsweredAt === null;

function appealOf(row: CaseData): Appeal | null {
  const { appeal, appealedAt, appealOutcome: outcome, appealAnswer: answer } = row;
  if (appeal === null || appealedAt === null) return null;
  return { words: appeal, at: appealedAt, outcome, answer, answeredAt: row.appealAnsweredAt };
}

export function toOwnDecision(row: CaseData): OwnDecision {
  const { id, subjectKind: kind, reason, words, endsAt, undoneAt } = row;
  const { title, text } = JSON.parse(row.snapshot) as Snapshot;
  const ruling = { decision: row.decision!, reason, words, at: row.decidedAt!, endsAt, undoneAt };
  const appeal = appealOf(row);
  return { id, kind, title, text, ...ruling, appeal, canAppeal: !appeal && !undoneAt };
}
