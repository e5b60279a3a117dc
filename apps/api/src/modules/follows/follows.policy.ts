import { LIMITS } from '@echomate/contracts/limits';
import type { FollowStatus } from '@echomate/contracts/follows.dto';
import { endOf, isOver } from '../../platform/periods.js';

/** After a refusal one may ask again after a day. */
const ASK_AGAIN_AFTER = { hours: LIMITS.askAgainAfterHours };

export const askAgainAt = (status: FollowStatus, decidedAt: string | null): string | null =>
  status === 'declined' && decidedAt ? endOf(decidedAt, ASK_AGAIN_AFTER) : null;

/** Whoever declined may change their mind for some minutes. */
export const mayTakeBack = (decidedAt: string, now: Date): boolean =>
  !isOver(decidedAt, { minutes: LIMITS.undoDeclineMinutes }, now);

export const mayAskAgain = (decidedAt: string, now: Date): boolean =>
  isOver(decidedAt, ASK_AGAIN_AFTER, now);
