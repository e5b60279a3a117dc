/** What is kept of what happened to an account; each is the event of that name in the security log, but the first. */
export const HISTORY_KINDS = [
  'login-new-device',
  'login',
  'account-opened',
  'password-changed',
  'password-reset',
  'email-change-asked',
  'email-changed',
  'email-returned',
  'account-deactivated',
  'account-leaving',
  'account-kept',
  'export-asked',
  'session-ended',
  'sessions-ended',
  'token-made',
  'program-login',
  'program-ended',
  'refresh-reused',
  'role-changed',
  'two-step-on',
  'two-step-off',
  'recovery-codes-made',
  'recovery-code-used',
  'passkey-added',
  'passkey-removed',
  'second-factors-reset',
  'second-factor-failed',
  'outside-connected',
  'outside-disconnected',
] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** Something that happened to one's account. */
export class HistoryEntry {
  id!: string;
  kind!: HistoryKind;
  /**
   * Null if somebody else did it
   * @example "Firefox on Linux"
   */
  device!: string | null;
  /**
   * The beginning of the network address; null if somebody else did it
   * @example "203.0.113.x"
   */
  network!: string | null;
  at!: string;
}

export class HistoryPage {
  items!: HistoryEntry[];
  nextCursor!: string | null;
}
