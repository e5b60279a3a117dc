import { Injectable } from '@nestjs/common';
import type { CurrentSession, SessionPage } from '@echomate/contracts/auth.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { UsersService } from '../users/users.service.js';
import { SessionsEnded } from './auth.domain-events.js';
import { SecurityLog } from './security-log.js';
import { SessionsRepository } from './sessions.repository.js';

/** Where someone is logged in. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly repository: SessionsRepository,
    private readonly users: UsersService,
    private readonly log: SecurityLog,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  async current({ userId, sessionId }: RequestViewer): Promise<CurrentSession> {
    const user = await this.users.viewer(userId);
    if (!user) throw refuse('not-signed-in', 'Log in to see this.');
    return { sessionId, user };
  }

  async list(
    { userId, sessionId }: RequestViewer,
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
    await this.endAll(userId, async (transaction) => {
      const ended = await this.repository.deleteOfUser(transaction, userId, id);
      if (!ended.length) throw notFound();
      return ended;
    });
    this.log.note('auth.session-ended', userId);
  }

  /** By its name, not by its secret: a change of password may just have given it another. */
  async logOut({ userId, sessionId }: RequestViewer): Promise<void> {
    await this.endAll(userId, (transaction) =>
      this.repository.deleteOfUser(transaction, userId, sessionId),
    );
    this.log.note('auth.session-ended', userId);
  }

  async endOthers({ userId, sessionId }: RequestViewer): Promise<void> {
    await this.endAll(userId, (transaction) =>
      this.repository.deleteAllOfUser(transaction, userId, sessionId),
    );
    this.log.note('auth.sessions-ended', userId);
  }

  private endAll(
    userId: string,
    work: (transaction: Transaction) => Promise<string[]>,
  ): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const ended = await work(transaction);
      await this.domainEvents.announce(transaction, new SessionsEnded(userId, ended));
    });
  }
}
