import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '../../platform/http/problem.js';
import { currentAddress } from '../../platform/http/request-context.js';
import { AccountHistory } from './history/account-history.service.js';

/** Events an operator can set alerts on; `docs/operations.md` lists them, and a test compares the two. */
export const SECURITY_EVENTS = {
  'auth.account-opened': { level: 'log', text: 'An account was opened' },
  'auth.application-received': { level: 'log', text: 'Someone is waiting to be let in' },
  'auth.application-refused': { level: 'log', text: 'A request to join was declined' },
  'auth.invitation-made': { level: 'log', text: 'An invitation link was created' },
  'auth.invitation-revoked': { level: 'log', text: 'An invitation link was revoked' },
  'auth.role-changed': { level: 'warn', text: 'A role was changed' },
  'auth.login': { level: 'log', text: 'Someone logged in' },
  'auth.login-failed': { level: 'warn', text: 'A log-in failed' },
  'auth.login-limited': { level: 'warn', text: 'Too many log-in attempts' },
  'auth.login-refused': { level: 'warn', text: 'A suspended account tried to log in' },
  'auth.second-factor-failed': { level: 'warn', text: 'The second step of a log-in failed' },
  'auth.second-factor-limited': { level: 'warn', text: 'Too many attempts at a second step' },
  'auth.passkey-refused': { level: 'warn', text: 'A passkey was refused' },
  'auth.two-step-on': { level: 'log', text: 'Two-step log-in was turned on, or has a new app' },
  'auth.two-step-off': { level: 'warn', text: 'Two-step log-in was turned off' },
  'auth.recovery-codes-made': { level: 'log', text: 'New recovery codes were made' },
  'auth.recovery-code-used': { level: 'warn', text: 'Someone logged in with a recovery code' },
  'auth.passkey-added': { level: 'warn', text: 'A passkey was added' },
  'auth.passkey-removed': { level: 'log', text: 'A passkey was removed' },
  'auth.second-factors-reset': {
    level: 'warn',
    text: 'The operator removed all second factors of an account',
  },
  'auth.password-wrong': { level: 'warn', text: 'Someone logged in gave a wrong password' },
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
  'auth.export-asked': { level: 'warn', text: 'A copy of all data was asked for' },
  'auth.outside-connected': { level: 'warn', text: 'An external log-in was connected' },
  'auth.outside-disconnected': {
    level: 'log',
    text: 'An external log-in was disconnected',
  },
  'auth.outside-refused': { level: 'warn', text: 'An external log-in was refused' },
  'auth.session-ended': { level: 'log', text: 'A session was ended' },
  'auth.sessions-ended': { level: 'log', text: 'All other sessions were ended' },
  'auth.token-made': { level: 'log', text: 'A token for a program was made' },
  'auth.program-login': { level: 'log', text: 'A program logged in to an account' },
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
