import { Injectable, Logger } from '@nestjs/common';
import { Store, type SessionData } from 'express-session';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import type { Transaction } from '../../platform/database/statements.js';
import { refuse } from '../../platform/http/problem.js';
import { hashOf } from '../../platform/secrets/secrets.js';
import { DAY_MS } from '../../platform/periods.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { UsersService } from '../users/users.service.js';
import { CameFromOutside, SessionRenewed, type OutsideIdentity } from './auth.domain-events.js';
import { SecondStepsService } from './second-steps.service.js';
import { AccountHistory } from './history/account-history.service.js';
import { SecurityLog } from './security-log.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { AccountLeaves, AccountSuspended, SecondFactorNeeded } from './tickets.js';

declare module 'express-session' {
  interface SessionData {
    /** The session's public id; express-session's `id` is the secret in the cookie. */
    sessionId: string;
    userId: string;
    device: string;
    /** The version that was proven; set only while the session is being started. */
    credentialsVersion?: number;
    /** Set only while the session is being started. */
    hasSecondFactor?: boolean;
    /** Set only while the session is being started: the account need not be deleted after all. */
    keepsAccount?: boolean;
    /** Set only while the session is being started: the log-in elsewhere that it rests on. */
    outside?: OutsideIdentity & { isNew: boolean };
    /** The account was not active, and is again by this log-in. */
    isBack?: boolean;
    /** An existing session gets a new secret. */
    isRenewed?: boolean;
  }
}

/** Sessions end after this time, however much they are used. */
export const SESSION_DAYS = 365;
const SESSION_MS = SESSION_DAYS * DAY_MS;
/** Precision of "last seen": updating it at every request would make every read a write. */
const SEEN_EVERY_MS = 5 * 60 * 1000;

/**
 * Keeps express-session's sessions in our table and reads them at every request, so that ending one takes effect at
 * once. It has no `touch` on purpose: express-session would delay the last byte of every answer until the touch is
 * saved.
 */
@Injectable()
export class SessionStore extends Store {
  private readonly logger = new Logger(SessionStore.name);
  /** Sessions already saved: express-session saves a renewed one again at the end of the answer. */
  private readonly kept = new WeakSet<SessionData>();

  constructor(
    private readonly repository: SessionsRepository,
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly accounts: AccountStatesService,
    private readonly secondSteps: SecondStepsService,
    private readonly log: SecurityLog,
    private readonly history: AccountHistory,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {
    super();
  }

  override get(token: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.find(token).then((session) => done(null, session), done);
  }

  override set(
    token: string,
    session: SessionData,
    done: (error?: unknown) => void = () => undefined,
  ): void {
    if (this.kept.has(session)) return done();
    this.kept.add(session);
    this.keep(token, session).then(() => done(), done);
  }

  override destroy(token: string, done: (error?: unknown) => void = () => undefined): void {
    this.database
      .transaction((transaction) => this.sessions.endReplaced(transaction, hashOf(token)))
      .then(() => done(), done);
  }

  /**
   * Comparing a password or following a link takes time, so the transaction that starts the session checks again that
   * the credentials are current.
   */
  private async keep(token: string, session: SessionData): Promise<void> {
    const { sessionId: id, userId, device, credentialsVersion, isRenewed } = session;
    const now = new Date();
    const times = {
      createdAt: now.toISOString(),
      lastSeenAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + SESSION_MS).toISOString(),
    };
    const tokenHash = hashOf(token);
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, userId);
      const user = await this.users.findCredentials(userId, transaction);
      if (user?.credentialsVersion !== credentialsVersion) {
        this.log.note('auth.login-failed', userId);
        throw refuse('password-just-changed');
      }
      if (!isRenewed) {
        session.isBack = await this.open(transaction, session);
        if (session.outside) {
          const { isNew, ...identity } = session.outside;
          const came = new CameFromOutside(userId, identity, isNew);
          await this.domainEvents.announce(transaction, came);
        }
        await this.repository.insert(transaction, { id, tokenHash, userId, device, ...times });
        await this.history.loggedIn(transaction, userId);
      } else if (!(await this.repository.renew(transaction, { id, tokenHash, ...times })))
        throw refuse('not-signed-in');
      else await this.domainEvents.announce(transaction, new SessionRenewed(userId, id));
    });
    if (!isRenewed) this.log.note('auth.login', userId);
  }

  /**
   * Logging in reactivates an account, unless a moderator has suspended it. The second factor comes before anything
   * changes. One that is about to be deleted is asked for first. Returns whether it was not active.
   */
  private async open(
    transaction: Transaction,
    { userId, credentialsVersion, hasSecondFactor, keepsAccount, outside }: SessionData,
  ): Promise<boolean> {
    const proof = {
      userId,
      credentialsVersion: credentialsVersion!,
      hasSecondFactor,
      ...(outside && { outside }),
    };
    const reasons = await this.accounts.reasons(userId, transaction);
    if (reasons.includes('removed')) throw refuse('account-gone');
    if (!hasSecondFactor && (await this.secondSteps.isDue(userId, transaction)))
      throw new SecondFactorNeeded(proof);
    if (reasons.includes('suspended')) {
      this.log.note('auth.login-refused', userId);
      throw new AccountSuspended(proof);
    }
    if (reasons.includes('leaving')) {
      if (!keepsAccount) throw new AccountLeaves(proof);
      await this.accounts.restore(transaction, userId, 'leaving');
      this.log.note('auth.account-kept', userId);
    }
    if (reasons.includes('deactivated'))
      await this.accounts.restore(transaction, userId, 'deactivated');
    return reasons.length > 0;
  }

  /** For requests that only read it. */
  async find(token: string): Promise<SessionData | null> {
    const now = new Date();
    const row = await this.repository.findByToken(hashOf(token), now.toISOString());
    if (!row) return null;
    if (now.getTime() - Date.parse(row.lastSeenAt) > SEEN_EVERY_MS) {
      this.repository
        .markSeen(row.id, now.toISOString())
        .catch((error: unknown) => this.logger.error({ err: error }, 'Last seen was not saved'));
    }
    return {
      sessionId: row.id,
      userId: row.userId,
      device: row.device,
      // The cookie is not sent again, so its attributes do not matter.
      cookie: { originalMaxAge: null } as SessionData['cookie'],
    };
  }
}
