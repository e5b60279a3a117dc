import { Injectable } from '@nestjs/common';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { UsersService } from '../users/users.service.js';
import { SessionsEnded } from './auth.domain-events.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { Passwords } from './passwords.js';
import { SecurityLog } from './security-log.js';
import { SessionsRepository } from './sessions.repository.js';

type UserCredentials = NonNullable<Awaited<ReturnType<UsersService['findCredentials']>>>;

/**
 * A person's password and address have a version. Whatever rests on them names the version it was made
 * under, and the transaction that acts on it asks, under the person's lock, whether it still holds.
 */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly tokens: EmailTokensRepository,
    private readonly passwords: Passwords,
    private readonly log: SecurityLog,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** Waits for whoever is changing them; null if they are not what they were. */
  async unchanged(
    transaction: Transaction,
    userId: string,
    version: number | null,
  ): Promise<UserCredentials | null> {
    await locks.users(transaction, userId);
    const user = await this.users.findCredentials(userId, transaction);
    return user?.credentialsVersion === version ? user : null;
  }

  /** The credentials of somebody signed in who knows the password. */
  async prove({ userId }: RequestViewer, field: string, password: string) {
    const user = await this.users.findCredentials(userId);
    if (!(await this.passwords.matches(password, user?.passwordHash ?? null)))
      throw this.wrongPassword(userId, field);
    return user!;
  }

  /** What was proven is still so, and the session that proved it has not been ended meanwhile. */
  async assertStillProven(
    transaction: Transaction,
    { userId, sessionId }: RequestViewer,
    field: string,
    version: number,
  ): Promise<void> {
    const user = await this.unchanged(transaction, userId, version);
    if (!(await this.sessions.exists(transaction, sessionId)))
      throw refuse('not-signed-in', 'Log in to see this.');
    if (!user) throw this.wrongPassword(userId, field);
  }

  /**
   * Ends everything that rests on what they were: every open link, and every session but the one that
   * asks. The caller holds the person's lock.
   */
  async change(
    transaction: Transaction,
    userId: string,
    change: { email?: string; passwordHash?: string },
    keptSession: string | null,
  ): Promise<number> {
    await this.tokens.deleteOfUser(transaction, userId);
    const ended = await this.sessions.deleteAllOfUser(transaction, userId, keptSession);
    await this.domainEvents.announce(transaction, new SessionsEnded(userId, ended));
    return this.users.changeCredentials(transaction, userId, change);
  }

  private wrongPassword(userId: string, field: string) {
    this.log.note('auth.password-wrong', userId);
    return invalidField(field, 'This is not your password.');
  }
}
