import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '../../platform/http/problem.js';
import { currentAddress } from '../../platform/http/request-context.js';

/** Events an operator can set alerts on; `docs/operations.md` lists them, and a test compares the two. */
export const SECURITY_EVENTS = {
  'auth.account-opened': { level: 'log', text: 'An account was opened' },
  'auth.login': { level: 'log', text: 'Somebody logged in' },
  'auth.login-failed': { level: 'warn', text: 'A log-in failed' },
  'auth.login-limited': { level: 'warn', text: 'A log-in was refused after too many' },
  'auth.login-refused': { level: 'warn', text: 'A suspended account tried to log in' },
  'auth.password-wrong': { level: 'warn', text: 'Somebody signed in did not know the password' },
  'auth.password-changed': { level: 'log', text: 'A password was changed' },
  'auth.password-forgotten': { level: 'log', text: 'A new password was asked for' },
  'auth.password-reset': { level: 'warn', text: 'A password was replaced with a mailed link' },
  'auth.email-change-asked': { level: 'log', text: 'A change of address was asked for' },
  'auth.email-changed': { level: 'warn', text: 'An account moved to another address' },
  'auth.email-returned': { level: 'warn', text: 'An account was brought back to its old address' },
  'auth.link-refused': { level: 'warn', text: 'A mailed link was refused' },
  'auth.session-ended': { level: 'log', text: 'A session was ended' },
  'auth.sessions-ended': { level: 'log', text: 'All other sessions were ended' },
} as const satisfies Record<string, { level: 'log' | 'warn'; text: string }>;

export type SecurityEvent = keyof typeof SECURITY_EVENTS;

/**
 * One line for every event about credentials and sessions: the event, the account, the network address. Never a
 * password or a token, nor an email address without an account.
 */
@Injectable()
export class SecurityLog {
  private readonly logger = new Logger('Security');

  note(event: SecurityEvent, account: string | null, more: Record<string, string> = {}): void {
    const { level, text } = SECURITY_EVENTS[event];
    this.logger[level](
      { event, ...(account && { account }), address: currentAddress(), ...more },
      text,
    );
  }

  /** Logs it and returns the refusal to throw. */
  linkRefused(purpose: string, account: string | null = null) {
    this.note('auth.link-refused', account, { purpose });
    return refuse('link-expired');
  }
}
