import { LIMITS } from '@echomate/contracts/limits';
import type { FollowStatus } from '@echomate/contracts/follows.dto';

const ASK_AGAIN_AFTER_MS = LIMITS.askAgainAfterHours * 3600_000;

/** After a refusal one waits a day. */
export const askAgainAt = (status: FollowStatus, decidedAt: string | null): string | null =>
  status === 'declined' && decidedAt
    ? new Date(Date.parse(decidedAt) + ASK_AGAIN_AFTER_MS).toISOString()
    : null;

export const mayAskAgain = (decidedAt: string, now: Date): boolean =>
  Date.parse(decidedAt) + ASK_AGAIN_AFTER_MS <= now.getTime();
