import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { PersonalDataRegistry } from '../../platform/personal-data/personal-data.js';
import { AccountStatesService } from './account-states.service.js';
import { HandlesService } from './handles.service.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

const REMOVE = 'users.remove-account';

/** Removes accounts with all their personal data: hidden at once, deleted by a job. */
@Injectable()
export class AccountRemovalService implements OnModuleInit {
  constructor(
    private readonly states: AccountStatesService,
    private readonly users: UsersService,
    private readonly handles: HandlesService,
    private readonly repository: UsersRepository,
    private readonly personalData: PersonalDataRegistry,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.personalData.register({
      module: 'users',
      tables: {
        users: (userId) => this.profile(userId),
        user_names: 'is made of the names in `users`',
        user_name_slips: 'is made of the names in `users`',
        former_handles: (userId) => this.formerHandles(userId),
        inactive_accounts: 'is empty for whoever can ask for an export',
      },
      // The row itself is removed last, below.
      remove: async () => undefined,
    });
    this.jobs.handleHeavy<{ userId: string }>(REMOVE, async ({ userId }, run) => {
      await this.personalData.remove(userId);
      await run.commit(async (transaction) => {
        await locks.accounts(transaction);
        await this.handles.keepOfRemoved(transaction, userId);
        await this.repository.delete(transaction, userId);
      });
    });
  }

  remove(userId: string): Promise<void> {
    return this.database.transaction((transaction) => this.begin(transaction, userId));
  }

  /** From now on there is no way back. */
  async begin(transaction: Transaction, userId: string): Promise<void> {
    await this.states.hide(transaction, userId, 'removed');
    await this.jobs.enqueue(transaction, REMOVE, { userId });
  }

  private async *formerHandles(userId: string): AsyncGenerator<object> {
    for (const { handle, until } of await this.handles.former(userId)) yield { handle, until };
  }

  private async *profile(userId: string): AsyncGenerator<object> {
    yield await this.users.ownProfile(userId);
  }
}
