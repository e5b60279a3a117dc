import type { Decision, ReportedKind } from '@echomate/contracts/moderation.dto';
import type { Role } from '@echomate/contracts/users.dto';

/** A person is suspended, not removed; only what somebody made can be. */
export const isRemovable = (kind: ReportedKind): boolean => kind !== 'person';

/** Who may be told, or shut out: nobody, if the account is gone. */
export const choicesFor = (
  role: Role,
  {
    kind,
    personId,
    personRole,
  }: { kind: ReportedKind; personId: string | null; personRole: Role | null },
): Decision[] => {
  if (personRole === 'admin' && role !== 'admin') return [];
  return [
    'dismiss',
    ...(isRemovable(kind) ? (['remove'] as const) : []),
    ...(personId ? (['warn', 'suspend'] as const) : []),
  ];
};

/** What moderators removed can be put back where the module keeps it; whoever is suspended can be let in again. */
export const isUndoable = (kind: ReportedKind, decision: Decision): boolean =>
  decision === 'suspend' || (decision === 'remove' && (kind === 'post' || kind === 'group'));
