import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CurrentSession, SessionPage } from '@echomate/contracts/auth.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import { Videos } from '../../platform/video/videos.js';
import { AccountStateChanged } from '../users/users.domain-events.js';
import { UsersService } from '../users/users.service.js';
import { SessionsEnded, type SessionEndReason } from './auth.domain-events.js';
import { SecurityLog } from './security-log.js';
import { SessionsRepository, type EndedSession } from './sessions.repository.js';

/** The sessions of people. Only this service ends sessions, and it publishes each in the same transaction. */
@Injectable()
export class SessionsService implements OnModuleInit {
  constructor(
    private readonly repository: SessionsRepository,
    private readonly users: UsersService,
    private readonly log: SecurityLog,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly videos: Videos,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    this.domainEvents.inTransaction(
      AccountStateChanged,
      async ({ userId, isActive }, transaction) => {
        if (!isActive) await this.endAll(transaction, userId, null, 'account-inactive');
      },
    );
    this.domainEvents.afterCommit(SessionsEnded, 'auth.end-sockets', ({ sessionIds }) =>
      this.realtime.endSessions(sessionIds),
    );
  }

  async current({ userId, sessionId }: RequestViewer): Promise<CurrentSession> {
    const user = await this.users.viewer(userId);
    if (!user) throw refuse('not-signed-in');
    return { sessionId, user, takesVideos: this.videos.areSupported };
  }

  async list(
    { userId, sessionId }: Pick<RequestViewer, 'userId'> & Partial<RequestViewer>,
    { limit, cursor }: PageQuery,
  ): Promise<SessionPage> {
    const rows = await this.repository.findOfUser(
      userId,
      afterId(cursor),
      limit + 1,
      new Date().toISOString(),
    );
    return pageOf(rows, limit, ({ id, device, createdAt, lastSeenAt }) => ({
      id,
      device,
      createdAt,
      lastSeenAt,
      current: id === sessionId,
    }));
  }

  async end({ userId }: RequestViewer, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const ended = await this.repository.deleteOfUser(transaction, userId, id);
      if (!ended.length) throw notFound();
      await this.announce(transaction, ended, 'ended-by-owner');
    });
    this.log.note('auth.session-ended', userId);
  }

  /** By id, because a change of password may just have replaced the secret. */
  async logOut({ userId, sessionId }: RequestViewer): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const ended = await this.repository.deleteOfUser(transaction, userId, sessionId);
      await this.announce(transaction, ended, 'logged-out');
    });
    this.log.note('auth.session-ended', userId);
  }

  async endOthers({ userId, sessionId }: RequestViewer): Promise<void> {
    await this.database.transaction((transaction) =>
      this.endAll(transaction, userId, sessionId, 'ended-by-owner'),
    );
    this.log.note('auth.sessions-ended', userId);
  }

  /** Ends all sessions but the one to keep. */
  async endAll(
    transaction: Transaction,
    userId: string,
    kept: string | null,
    reason: SessionEndReason,
  ): Promise<void> {
    const ended = await this.repository.deleteAllOfUser(transaction, userId, kept);
    await this.announce(transaction, ended, reason);
  }

  /** Ends the previous session of a browser that logs in again. */
  async endReplaced(transaction: Transaction, tokenHash: string): Promise<void> {
    const ended = await this.repository.deleteByToken(transaction, tokenHash);
    await this.announce(transaction, ended, 'replaced');
  }

  /** Returns how many it ended, at most `limit`. */
  async endExpired(transaction: Transaction, now: string, limit: number): Promise<number> {
    const ended = await this.repository.deleteExpired(transaction, now, limit);
    await this.announce(transaction, ended, 'expired');
    return ended.length;
  }

  private async announce(
    transaction: Transaction,
    ended: EndedSession[],
    reason: SessionEndReason,
  ): Promise<void> {
    for (const [userId, sessions] of Map.groupBy(ended, (session) => session.userId)) {
      const ids = sessions.map(({ id }) => id);
      await this.domainEvents.announce(transaction, new SessionsEnded(userId, ids, reason));
    }
  }
}
