import type { HistoryKind } from '@echomate/contracts/history.dto';
import * as m from '#lib/generated/messages.js';

const WORDS: Record<HistoryKind, () => string> = {
  'login-new-device': m.history_login_new_device,
  login: m.history_login,
  'account-opened': m.history_account_opened,
  'password-changed': m.history_password_changed,
  'password-reset': m.history_password_reset,
  'email-change-asked': m.history_email_change_asked,
  'email-changed': m.history_email_changed,
  'email-returned': m.history_email_returned,
  'account-deactivated': m.history_account_deactivated,
  'account-leaving': m.history_account_leaving,
  'account-kept': m.history_account_kept,
  'export-asked': m.history_export_asked,
  'session-ended': m.history_session_ended,
  'sessions-ended': m.history_sessions_ended,
  'token-made': m.history_token_made,
  'program-login': m.history_program_login,
  'program-ended': m.history_program_ended,
  'refresh-reused': m.history_refresh_reused,
  'role-changed': m.history_role_changed,
  'two-step-on': m.history_two_step_on,
  'two-step-off': m.history_two_step_off,
  'recovery-codes-made': m.history_recovery_codes_made,
  'recovery-code-used': m.history_recovery_code_used,
  'passkey-added': m.history_passkey_added,
  'passkey-removed': m.history_passkey_removed,
  'second-factors-reset': m.history_second_factors_reset,
  'second-factor-failed': m.history_second_factor_failed,
  'outside-connected': m.history_outside_connected,
  'outside-disconnected': m.history_outside_disconnected,
};

export const historyWords = (kind: HistoryKind): string => WORDS[kind]();

const UNUSUAL: ReadonlySet<HistoryKind> = new Set<HistoryKind>([
  'login-new-device',
  'password-reset',
  'email-changed',
  'email-returned',
  'refresh-reused',
  'two-step-off',
  'recovery-code-used',
  'passkey-added',
  'second-factor-failed',
  'second-factors-reset',
  'outside-connected',
]);

/** What somebody else would have done as well. */
export const isUnusual = (kind: HistoryKind): boolean => UNUSUAL.has(kind);
