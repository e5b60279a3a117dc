import type { AppealOutcome, Decision } from '@echomate/contracts/moderation.dto';

/** Moderators have decided about what was reported. */
export class CaseDecided {
  constructor(
    readonly caseId: string,
    readonly decision: Decision,
  ) {}
}

/** What was removed is back, or who was suspended is. */
export class DecisionUndone {
  constructor(readonly caseId: string) {}
}

/** Somebody has looked again at a decision. */
export class AppealAnswered {
  constructor(
    readonly caseId: string,
    readonly outcome: AppealOutcome,
  ) {}
}
