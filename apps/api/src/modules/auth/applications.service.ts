import { Injectable } from '@nestjs/common';
import type { ApplicationPage } from '@echomate/contracts/admin.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { UsersService } from '../users/users.service.js';
import { AuthMailer } from './auth.mailer.js';
import type { Registration } from './entities/registration.entity.js';
import { RegistrationService, type RegisteredProfile } from './registration.service.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { SecurityLog } from './security-log.js';

/** People who have confirmed their address and wait for an admin. Until then they are nobody's to see. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly registration: RegistrationService,
    private readonly users: UsersService,
    private readonly mailer: AuthMailer,
    private readonly log: SecurityLog,
    private readonly database: Database,
  ) {}

  /** Who has waited longest comes first. */
  async list({ limit, cursor }: PageQuery): Promise<ApplicationPage> {
    const rows = await this.registrations.findWaiting(afterId(cursor), limit + 1);
    return pageOf(rows, limit, ({ id, email, profile, words, confirmedAt }) => {
      const { firstName, lastName } = JSON.parse(profile) as RegisteredProfile;
      return { id, firstName, lastName, email, words, confirmedAt: confirmedAt! };
    });
  }

  /** How many wait, as far as a badge counts. */
  count(): Promise<number> {
    return this.registrations.countWaiting();
  }

  async accept(adminId: string, id: string): Promise<void> {
    const userId = await this.database.transaction(async (transaction) => {
      const waiting = await this.waiting(transaction, adminId, id);
      if (await this.registration.isTaken(transaction, waiting.email)) throw refuse('conflict');
      const opened = await this.registration.open(transaction, waiting);
      await this.mailer.letIn(transaction, waiting.email);
      return opened;
    });
    this.log.note('auth.account-opened', userId, { admin: adminId });
  }

  async refuse(adminId: string, id: string, reason: string | null): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const waiting = await this.waiting(transaction, adminId, id);
      await this.registration.forget(transaction, [waiting]);
      await this.mailer.notLetIn(transaction, waiting.email, reason);
    });
    this.log.note('auth.application-refused', adminId);
  }

  /** Another admin may have decided meanwhile: only one of them finds it. */
  private async waiting(
    transaction: Transaction,
    adminId: string,
    id: string,
  ): Promise<Registration> {
    await this.registration.lockAddresses(transaction);
    await this.users.assertMay(transaction, adminId, 'registrations.decide');
    const found = await this.registrations.find(id, transaction);
    if (!found?.confirmedAt) throw notFound();
    return found;
  }
}
