import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { InactiveReason } from '@echomate/contracts/users.dto';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Reader, Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { AccountStateChanged } from './users.domain-events.js';
import { UsersRepository } from './users.repository.js';

/** How long somebody who deletes their account can still keep it. */
export const LEAVING = { hours: 24 * LIMITS.account.leavingDays };

/** Whether accounts are active. The rule reads this every time; sessions and counters follow by event. */
@Injectable()
export class AccountStatesService {
  constructor(
    private readonly repository: UsersRepository,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  reasons(id: string, reader: Reader = this.database): Promise<InactiveReason[]> {
    return this.repository.findInactiveReasons(reader, id);
  }

  async isActive(transaction: Transaction, id: string): Promise<boolean> {
    return (await this.reasons(id, transaction)).length === 0;
  }

  /** By its owner, who gets it back by logging in. */
  deactivate(id: string): Promise<void> {
    return this.database.transaction((transaction) => this.hide(transaction, id, 'deactivated'));
  }

  since(id: string, reason: InactiveReason, reader: Reader = this.database) {
    return this.repository.findInactiveSince(reader, id, reason);
  }

  /** Hides the account from everyone. The caller sees to it that an admin stays (`RolesService.assertMayGo`). */
  hide(
    transaction: Transaction,
    id: string,
    reason: InactiveReason,
    since = new Date().toISOString(),
  ): Promise<void> {
    return this.change(transaction, id, () =>
      this.repository.addInactiveReason(transaction, id, reason, since),
    );
  }

  /** Removes one reason; the account is active again if there is no other. */
  async restore(transaction: Transaction, id: string, reason: InactiveReason): Promise<void> {
    await this.change(transaction, id, () =>
      this.repository.removeInactiveReason(transaction, id, reason),
    );
  }

  private async change(
    transaction: Transaction,
    id: string,
    work: () => Promise<void>,
  ): Promise<void> {
    await locks.users(transaction, id);
    const wasActive = await this.isActive(transaction, id);
    await work();
    const isActive = await this.isActive(transaction, id);
    if (wasActive !== isActive)
      await this.domainEvents.announce(transaction, new AccountStateChanged(id, isActive));
  }
}
