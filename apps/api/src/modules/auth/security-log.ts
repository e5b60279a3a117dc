import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '../../platform/http/problem.js';
import { currentAddress } from '../../platform/http/request-context.js';
import { AccountHistory } from './history/account-history.service.js';

/** Events an operator can set alerts on; `docs/operations.md` lists them, and a test compares the two. */
export const SECURITY_EVENTS = {
  'auth.account-opened': { level: 'log', text: 'An account was opened' },
  'auth.application-received': { level: 'log', text: 'Somebody waits to be let in' },
  'auth.application-refused': { level: 'log', text: 'Somebody was not let in' },
  'auth.invitation-made': { level: 'log', text: 'A link that invites was made' },
  'auth.invitation-revoked': { level: 'log', text: 'A link that invites was revoked' },
  'auth.role-changed': { level: 'warn', text: 'A role was changed' },
  'auth.login': { level: 'log', text: 'Somebody logged in' },
  'auth.login-failed': { level: 'warn', text: 'A log-in failed' },
  'auth.login-limited': { level: 'warn', text: 'A log-in was refused after too many' },
  'auth.login-refused': { level: 'warn', text: 'A suspended account tried to log in' },
  'auth.second-factor-failed': { level: 'warn', text: 'The second step of a log-in failed' },
  'auth.second-factor-limited': { level: 'warn', text: 'A second step was refused after too many' },
  'auth.passkey-refused': { level: 'warn', text: 'A passkey was refused' },
  'auth.two-step-on': { level: 'log', text: 'Two-step log-in was turned on, or has a new app' },
  'auth.two-step-off': { level: 'warn', text: 'Two-step log-in was turned off' },
  'auth.recovery-codes-made': { level: 'log', text: 'New recovery codes were made' },
  'auth.recovery-code-used': { level: 'warn', text: 'Somebody logged in with a recovery code' },
  'auth.passkey-added': { level: 'warn', text: 'A passkey was added' },
  'auth.passkey-removed': { level: 'log', text: 'A passkey was removed' },
  'auth.second-factors-reset': {
    level: 'warn',
    text: 'An admin removed all second factors of an account',
  },
  'auth.password-wrong': { level: 'warn', text: 'Somebody signed in did not know the password' },
  'auth.password-changed': { level: 'log', text: 'A password was changed' },
  'auth.password-forgotten': { level: 'log', text: 'A new password was asked for' },
  'auth.password-reset': { level: 'warn', text: 'A password was replaced with a mailed link' },
  'auth.email-change-asked': { level: 'log', text: 'A change of address was asked for' },
  'auth.email-changed': { level: 'warn', text: 'An account moved to another address' },
  'auth.email-returned': { level: 'warn', text: 'An account was brought back to its old address' },
  'auth.link-refused': { level: 'warn', text: 'A mailed link was refused' },
  'auth.account-deactivated': { level: 'log', text: 'An account was deactivated by its owner' },
  'auth.account-leaving': { level: 'warn', text: 'The deletion of an account was asked for' },
  'auth.account-kept': { level: 'log', text: 'An account that was to be deleted was kept' },
  'auth.export-asked': { level: 'warn', text: 'Somebody asked for all their data' },
  'auth.outside-connected': { level: 'warn', text: 'A log-in elsewhere opens an account now' },
  'auth.outside-disconnected': {
    level: 'log',
    text: 'A log-in elsewhere opens an account no more',
  },
  'auth.outside-refused': { level: 'warn', text: 'A log-in elsewhere was refused' },
  'auth.session-ended': { level: 'log', text: 'A session was ended' },
  'auth.sessions-ended': { level: 'log', text: 'All other sessions were ended' },
  'auth.token-made': { level: 'log', text: 'A token for a program was made' },
  'auth.program-login': { level: 'log', text: 'A program logged in for somebody' },
  'auth.program-ended': { level: 'log', text: 'The access of a program was ended' },
  'auth.refresh-reused': { level: 'warn', text: 'A refresh token was used twice' },
} as const satisfies Record<string, { level: 'log' | 'warn'; text: string }>;

export type SecurityEvent = keyof typeof SECURITY_EVENTS;

/**
 * One line for every event about credentials and sessions: the event, the account, the network address. Never a
 * password or a token, nor an email address without an account. What concerns a person is in their history too.
 */
@Injectable()
export class SecurityLog {
  private readonly logger = new Logger('Security');

  constructor(private readonly history: AccountHistory) {}

  note(event: SecurityEvent, account: string | null, more: Record<string, string> = {}): void {
    const { level, text } = SECURITY_EVENTS[event];
    this.logger[level](
      { event, ...(account && { account }), address: currentAddress(), ...more },
      text,
    );
    if (account) this.history.keep(event, account);
  }

  /** Logs it and returns the refusal to throw. */
  linkRefused(purpose: string, account: string | null = null) {
    this.note('auth.link-refused', account, { purpose });
    return refuse('link-expired');
  }
}
