import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { untilLittleIsLeft } from '../../platform/database/portions.js';
import type { Transaction } from '../../platform/database/statements.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { RolesService } from '../users/roles.service.js';
import { ModerationLogService } from './moderation-log.service.js';
import { SuspensionsRepository } from './suspensions.repository.js';

const EVERY_SECONDS = 60;

/** Until when accounts are suspended. What follows from it (sessions, sockets, counts) hangs on the account's state. */
@Injectable()
export class SuspensionsService implements OnModuleInit {
  constructor(
    private readonly repository: SuspensionsRepository,
    private readonly states: AccountStatesService,
    private readonly roles: RolesService,
    private readonly log: ModerationLogService,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('moderation.end-suspensions', EVERY_SECONDS, () =>
      this.endDue(new Date()),
    );
  }

  /** If there is one already, the one that ends later counts. */
  async suspend(
    transaction: Transaction,
    userId: string,
    caseId: string,
    endsAt: string | null,
  ): Promise<void> {
    await locks.users(transaction, userId);
    const before = await this.repository.find(transaction, userId);
    const isLonger = !before || (before.endsAt !== null && (!endsAt || endsAt > before.endsAt));
    if (isLonger) await this.repository.save(transaction, { userId, caseId, endsAt });
    await this.roles.assertMayGo(transaction, userId);
    await this.states.hide(transaction, userId, 'suspended');
  }

  /** False if the case suspends nobody any more. Of the others about that person, the one that ends last goes on. */
  async lift(transaction: Transaction, userId: string, caseId: string): Promise<boolean> {
    await locks.users(transaction, userId);
    if (!(await this.repository.find(transaction, userId))) return false;
    const holding = await this.repository.findHolding(
      transaction,
      userId,
      new Date().toISOString(),
    );
    if (!holding.some((suspension) => suspension.caseId === caseId)) return false;
    const next = holding.find((suspension) => suspension.caseId !== caseId);
    if (next) await this.repository.save(transaction, next);
    else {
      await this.repository.delete(transaction, userId);
      await this.states.restore(transaction, userId, 'suspended');
    }
    return true;
  }

  async endDue(now: Date): Promise<void> {
    await untilLittleIsLeft(async (limit) => {
      const userIds = await this.repository.findDue(now.toISOString(), limit);
      for (const userId of userIds)
        await this.database.transaction((transaction) => this.end(transaction, userId, now));
      return userIds.length;
    });
  }

  private async end(transaction: Transaction, userId: string, now: Date): Promise<void> {
    await locks.users(transaction, userId);
    const suspension = await this.repository.find(transaction, userId);
    if (!suspension?.endsAt || Date.parse(suspension.endsAt) > now.getTime()) return;
    await this.repository.delete(transaction, userId);
    await this.states.restore(transaction, userId, 'suspended');
    await this.log.append(transaction, {
      action: 'suspension-ended',
      actorId: null,
      caseId: suspension.caseId,
      subjectKind: 'person',
      subjectId: userId,
      personId: userId,
      reason: null,
      words: null,
      endsAt: suspension.endsAt,
    });
  }
}
