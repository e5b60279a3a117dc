import type { Decision, ReportedKind, ReportReason } from '@echomate/contracts/moderation.dto';
import * as m from '#lib/generated/messages.js';

const REASONS: Record<ReportReason, () => string> = {
  spam: m.reports_reason_spam,
  harassment: m.reports_reason_harassment,
  hate: m.reports_reason_hate,
  violence: m.reports_reason_violence,
  sexual: m.reports_reason_sexual,
  impersonation: m.reports_reason_impersonation,
  private: m.reports_reason_private,
  other: m.reports_reason_other,
};

const TITLES: Record<ReportedKind, () => string> = {
  person: m.reports_title_person,
  post: m.reports_title_post,
  comment: m.reports_title_comment,
  group: m.reports_title_group,
  event: m.reports_title_event,
  message: m.reports_title_message,
};

const KINDS: Record<ReportedKind, () => string> = {
  person: m.moderation_person,
  post: m.moderation_post,
  comment: m.moderation_comment,
  group: m.moderation_group,
  event: m.moderation_event,
  message: m.moderation_message,
};

const DECIDED: Record<Decision, () => string> = {
  dismiss: m.moderation_dismissed,
  remove: m.moderation_removed,
  warn: m.moderation_warned,
  suspend: m.moderation_suspended,
};

const CHOICES: Record<Decision, () => string> = {
  dismiss: m.moderation_dismiss,
  remove: m.moderation_remove,
  warn: m.moderation_warn,
  suspend: m.moderation_suspend,
};

export const reasonWords = (reason: ReportReason) => REASONS[reason]();
export const reportTitle = (kind: ReportedKind) => TITLES[kind]();
export const kindWords = (kind: ReportedKind) => KINDS[kind]();
export const decidedWords = (decision: Decision) => DECIDED[decision]();
export const choiceWords = (decision: Decision) => CHOICES[decision]();

export const reasonOptions = () =>
  (Object.keys(REASONS) as ReportReason[]).map((value) => ({ value, label: REASONS[value]() }));

export const isReportedKind = (kind: string): kind is ReportedKind => Object.hasOwn(KINDS, kind);
