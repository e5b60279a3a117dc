import { hash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Store, type SessionData } from 'express-session';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { refuse } from '../../platform/http/problem.js';
import { UsersService } from '../users/users.service.js';
import { SessionsEnded } from './auth.domain-events.js';
import { SecurityLog } from './security-log.js';
import { SessionsRepository } from './sessions.repository.js';

declare module 'express-session' {
  interface SessionData {
    /** Names the session to its owner; `id`, as express-session has it, is the cookie's secret. */
    sessionId: string;
    userId: string;
    device: string;
    /** Of the credentials that were proven for it; only a session that is being started has it. */
    credentialsVersion?: number;
    /** It goes on under a new secret instead of being a new one. */
    isRenewed?: boolean;
  }
}

/** However much a session is used, after this time one logs in again. */
export const SESSION_DAYS = 365;
const SESSION_MS = SESSION_DAYS * 24 * 3600 * 1000;
/** How exact "last seen" is; writing it at every request would make every read a write. */
const SEEN_EVERY_MS = 5 * 60 * 1000;

const hashOf = (token: string) => hash('sha256', token, 'base64url');

/**
 * Keeps express-session's sessions in our table, read anew at every request, so that ending one holds
 * at once. It has no `touch` on purpose: express-session would then hold back the last byte of every
 * answer until the touch is saved.
 */
@Injectable()
export class SessionStore extends Store {
  private readonly logger = new Logger(SessionStore.name);
  /** express-session saves a renewed session again when the answer ends; once is enough. */
  private readonly kept = new WeakSet<SessionData>();

  constructor(
    private readonly repository: SessionsRepository,
    private readonly users: UsersService,
    private readonly log: SecurityLog,
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
    this.end(token).then(() => done(), done);
  }

  /**
   * A password takes a while to compare, and a link to follow: what was proven then is asked about again
   * in the transaction that lets in.
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
        throw refuse(
          'wrong-credentials',
          'The password was changed just now. Log in with the new one.',
        );
      }
      if (!isRenewed)
        await this.repository.insert(transaction, { id, tokenHash, userId, device, ...times });
      else if (!(await this.repository.renew(transaction, { id, tokenHash, ...times })))
        throw refuse('not-signed-in', 'Log in to see this.');
    });
    if (!isRenewed) this.log.note('auth.login', userId);
  }

  private end(token: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const ended = await this.repository.deleteByToken(transaction, hashOf(token));
      if (ended)
        await this.domainEvents.announce(transaction, new SessionsEnded(ended.userId, [ended.id]));
    });
  }

  private async find(token: string): Promise<SessionData | null> {
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
      // A cookie that was set is not sent again, so nothing need be worked out about it.
      cookie: { originalMaxAge: null } as SessionData['cookie'],
    };
  }
}
