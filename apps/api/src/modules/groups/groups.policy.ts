import { LIMITS } from '@echomate/contracts/limits';
import type { GroupRole, GroupStanding } from '@echomate/contracts/groups.dto';
import { endOf, isOver } from '../../platform/periods.js';

/** After a refusal, or after an invitation was declined. */
const ASK_AGAIN_AFTER = { hours: LIMITS.askAgainAfterHours };

export const mayLead = (role: GroupRole | null): boolean => role === 'creator';

/** The creator may take anyone out but themselves: a group always has one. */
export const mayRemove = (viewerId: string, userId: string, role: GroupRole | null): boolean =>
  mayLead(role) && viewerId !== userId;

export const askAgainAt = (refusedAt: string): string => endOf(refusedAt, ASK_AGAIN_AFTER);

export const mayAskAgain = (decidedAt: string, now: Date): boolean =>
  isOver(decidedAt, ASK_AGAIN_AFTER, now);

export const mayBeRestored = (deletedAt: string, now: Date): boolean =>
  !isOver(deletedAt, { minutes: LIMITS.group.undoMinutes }, now);

export function standingOf(row: {
  role: GroupRole | null;
  isInvited: boolean | number;
  requestStatus: 'waiting' | 'refused' | null;
}): GroupStanding {
  if (row.role !== null) return 'member';
  if (row.isInvited) return 'invited';
  if (row.requestStatus === 'waiting') return 'requested';
  return row.requestStatus === 'refused' ? 'refused' : 'none';
}
