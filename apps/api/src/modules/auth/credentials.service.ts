import { Injectable } from '@nestjs/common';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { UsersService } from '../users/users.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { CredentialsChanged } from './auth.domain-events.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { Passwords } from './passwords.js';
import { SecurityLog, type SecurityEvent } from './security-log.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Wrong passwords of somebody signed in, at whatever asks for it: many routes do. */
const TRIES = { what: 'password by session', perSession: 20, perMinutes: 15 };

type UserCredentials = NonNullable<Awaited<ReturnType<UsersService['findCredentials']>>>;

/**
 * A person's password and address share a version. Sessions and links store the version they were made under, and the
 * transaction that uses one checks, under the person's lock, that it is still current.
 */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly sessionRows: SessionsRepository,
    private readonly tokens: EmailTokensRepository,
    private readonly passwords: Passwords,
    private readonly limits: RateLimits,
    private readonly log: SecurityLog,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** Locks the person; null if the credentials have changed. */
  async unchanged(
    transaction: Transaction,
    userId: string,
    version: number | null,
  ): Promise<UserCredentials | null> {
    await locks.users(transaction, userId);
    const user = await this.users.findCredentials(userId, transaction);
    return user?.credentialsVersion === version ? user : null;
  }

  /** The credentials of a signed-in person, who has to give the password. */
  async prove({ userId, sessionId }: RequestViewer, field: string, password: string) {
    await this.limits.count(TRIES.what, sessionId, TRIES.perSession, TRIES.perMinutes);
    const user = await this.users.findCredentials(userId);
    if (!(await this.passwords.matches(password, user?.passwordHash ?? null)))
      throw user?.passwordHash === null
        ? invalidField(field, 'no-password')
        : this.wrongPassword(userId, field);
    await this.limits.uncount(TRIES.what, sessionId);
    return user!;
  }

  /** Checks that the credentials are unchanged and that the session which proved them still exists. */
  async assertStillProven(
    transaction: Transaction,
    { userId, sessionId }: RequestViewer,
    field: string,
    version: number,
  ): Promise<void> {
    const user = await this.unchanged(transaction, userId, version);
    if (!(await this.sessionRows.exists(transaction, sessionId))) throw refuse('not-signed-in');
    if (!user) throw this.wrongPassword(userId, field);
  }

  /** For other modules, which ask for a password before they do something to an account. */
  note(event: SecurityEvent, userId: string | null, more: Record<string, string> = {}): void {
    this.log.note(event, userId, more);
  }

  /**
   * Invalidates every link, every program and every session but the current one, as they depend on what was enough to log in
   * until now. The caller holds the person's lock.
   */
  async change(
    transaction: Transaction,
    userId: string,
    change: { email?: string; passwordHash?: string },
    keptSession: string | null,
  ): Promise<number> {
    await this.tokens.deleteOfUser(transaction, userId);
    await this.sessions.endAll(transaction, userId, keptSession, 'credentials-changed');
    await this.domainEvents.announce(transaction, new CredentialsChanged(userId));
    return this.users.changeCredentials(transaction, userId, change);
  }

  /**
   * Something else that proves who somebody is has gone or was replaced: what was proven with it and waits, as in a
   * ticket, no longer counts. Sessions stay. The caller holds the person's lock.
   */
  async outdate(transaction: Transaction, userId: string): Promise<void> {
    await this.tokens.deleteOfUser(transaction, userId);
    await this.users.changeCredentials(transaction, userId, {});
  }

  private wrongPassword(userId: string, field: string) {
    this.log.note('auth.password-wrong', userId);
    return invalidField(field, 'wrong-password');
  }
}
