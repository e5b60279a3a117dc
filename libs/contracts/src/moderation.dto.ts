import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsFlag, IsId, IsOptionalText } from './fields.js';
import { LIMITS } from './limits.js';
import { PageQuery } from './paging.dto.js';
import { saying, sayingOneOf } from './saying.js';

export const REPORTED_KINDS = ['person', 'post', 'comment', 'group', 'event', 'message'] as const;
export type ReportedKind = (typeof REPORTED_KINDS)[number];

/** The rules of the place: why something is reported, and why it is acted on. */
export const REPORT_REASONS = [
  'spam',
  'harassment',
  'hate',
  'violence',
  'sexual',
  'impersonation',
  'private',
  'other',
] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export const DECISIONS = ['dismiss', 'remove', 'warn', 'suspend'] as const;
export type Decision = (typeof DECISIONS)[number];

export const APPEAL_OUTCOMES = ['upheld', 'overturned'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

export class ReportRequest {
  @IsIn(REPORTED_KINDS, sayingOneOf(REPORTED_KINDS))
  kind!: ReportedKind;

  /** @example "01989b2e-6a31-7c4e-9f0a-3d5b8c1e2f47" */
  @IsId()
  id!: string;

  @IsIn(REPORT_REASONS, sayingOneOf(REPORT_REASONS))
  reason!: ReportReason;

  /**
   * What the moderators should know
   * @example "The same link under every post since Monday."
   */
  @IsOptionalText(LIMITS.report.words.maxLength, true)
  words?: string | null;

  /**
   * Also block the person who is responsible for it
   * @example false
   */
  @IsOptional()
  @IsFlag()
  block?: boolean;
}

/** A photo or video of what was reported; its bytes are at `/moderation/cases/{id}/media/{mediaId}`. */
export class ReportedMedia {
  id!: string;
  kind!: 'image' | 'animation' | 'video';
  alt!: string | null;
}

/** What stands next to it: the post of a comment, the messages around a message. */
export class ReportedContext {
  /** Null if the account is gone */
  author!: string | null;
  text!: string;
  at!: string;
}

/** What was reported, as it was when it was first reported. It stays so when it is changed or deleted. */
export class Snapshot {
  title!: string | null;
  text!: string;
  /** The name of whoever is responsible for it */
  author!: string;
  handle!: string;
  /** When it was written, or the account opened */
  at!: string;
  media!: ReportedMedia[];
  before!: ReportedContext[];
  after!: ReportedContext[];
}

/** A report, without whom it is by. */
export class CaseReport {
  reason!: ReportReason;
  words!: string | null;
  at!: string;
}

export class Ruling {
  decision!: Decision;
  /** The rule that was broken; null if none was */
  reason!: ReportReason | null;
  /** Told to the person concerned */
  words!: string | null;
  at!: string;
  /** Of a suspension; null if it is for good */
  endsAt!: string | null;
  /** By whom; null if the account is gone */
  by!: string | null;
  undoneAt!: string | null;
  canUndo!: boolean;
}

/** What the person concerned says against a decision, and what became of that. */
export class Appeal {
  words!: string;
  at!: string;
  /** Null until somebody has looked again */
  outcome!: AppealOutcome | null;
  answer!: string | null;
  answeredAt!: string | null;
}

/** All reports about one thing, from the first until it is decided. */
export class Case {
  id!: string;
  kind!: ReportedKind;
  openedAt!: string;
  reportCount!: number;
  snapshot!: Snapshot;
  /** Up to fifty, oldest first */
  reports!: CaseReport[];
  /** Who is looking at it at the moment */
  claim!: CaseClaim | null;
  /** What the viewer may decide */
  choices!: Decision[];
  ruling!: Ruling | null;
  appeal!: Appeal | null;
  /** Whether an appeal waits that the viewer may answer */
  canAnswer!: boolean;
}

/** What happened in a month. */
export class ModerationMonth {
  /**
   * In UTC
   * @example 2026-11
   */
  month!: string;
  reports!: number;
  /** Nothing was wrong with what was reported */
  dismissed!: number;
  removed!: number;
  warned!: number;
  suspended!: number;
  /** From the first report to the decision, on average; null without decisions */
  daysToDecide!: number | null;
  /** Answered ones */
  appeals!: number;
  /** Appeals after which the decision was taken back */
  overturned!: number;
}

export class ModerationNumbers {
  /** The newest first, at most twelve; months without anything are left out */
  months!: ModerationMonth[];
}

/** What moderators decided about the viewer, or something of theirs, and what it was about. */
export class OwnDecision {
  id!: string;
  kind!: ReportedKind;
  title!: string | null;
  text!: string;
  decision!: Decision;
  reason!: ReportReason | null;
  words!: string | null;
  at!: string;
  /** Of a suspension; null if it is for good */
  endsAt!: string | null;
  undoneAt!: string | null;
  appeal!: Appeal | null;
  canAppeal!: boolean;
}

export class CaseClaim {
  by!: string;
  isOwn!: boolean;
  until!: string;
}

export class CaseRow {
  id!: string;
  kind!: ReportedKind;
  openedAt!: string;
  reportCount!: number;
  reasons!: ReportReason[];
  /** The beginning of its title or text */
  excerpt!: string;
  author!: string;
  claim!: CaseClaim | null;
  decision!: Decision | null;
}

export class CasePage {
  items!: CaseRow[];
  nextCursor!: string | null;
}

export const CASE_STATES = ['open', 'appealed', 'decided'] as const;

export class CasesQuery extends PageQuery {
  /** Open ones and those with a waiting appeal are oldest first, decided ones newest first */
  @IsOptional()
  @IsIn(CASE_STATES, sayingOneOf(CASE_STATES))
  state: (typeof CASE_STATES)[number] = 'open';
}

export class DecisionRequest {
  @IsIn(DECISIONS, sayingOneOf(DECISIONS))
  decision!: Decision;

  /** The rule that was broken; needed unless it is dismissed */
  @IsOptional()
  @IsIn(REPORT_REASONS, sayingOneOf(REPORT_REASONS))
  reason?: ReportReason | null;

  /**
   * For the person concerned; needed unless it is dismissed
   * @example "Please don't post the same link again and again."
   */
  @IsOptionalText(LIMITS.report.words.maxLength, true)
  words?: string | null;

  /**
   * Of a suspension; for good if left out
   * @example 7
   */
  @IsOptional()
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(LIMITS.report.maxDays, saying('too-big', { max: LIMITS.report.maxDays }))
  days?: number | null;
}

/** For whoever can't log in because of it. */
export class OwnSuspension {
  /** Null if nothing was reported: then only an admin can tell why */
  decision!: OwnDecision | null;
}

export class AppealRequest {
  /** @example "That was a quotation, and I said so." */
  @IsOptionalText(LIMITS.report.words.maxLength, true)
  words!: string | null;
}

export class AppealAnswerRequest {
  /** Overturned: what was removed is put back, if it can be, and a suspension ends */
  @IsIn(APPEAL_OUTCOMES, sayingOneOf(APPEAL_OUTCOMES))
  outcome!: AppealOutcome;

  /**
   * For the person concerned
   * @example "You're right, it was a quotation."
   */
  @IsOptionalText(LIMITS.report.words.maxLength, true)
  words!: string | null;
}
