import { Injectable } from '@nestjs/common';
import type { RegisterRequest } from '@echomate/contracts/auth.dto';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, Refusal, refuse } from '../../platform/http/problem.js';
import { SiteService } from '../../platform/site/site.service.js';
import { UsersService } from '../users/users.service.js';
import type { Registration } from './entities/registration.entity.js';
import { InvitationsService } from './invitations.service.js';

type Asking = Pick<RegisterRequest, 'invitation' | 'words' | 'acceptsRules'>;

/** How somebody comes in: with the invitation whose use was counted, or as whoever may. */
export type Admission = 'by-invitation' | 'open' | 'waits';

/**
 * Who may have an account. Asked twice: when somebody registers, to say early what is missing, and in the transaction
 * that opens the account, where it holds: the site may have been closed since then.
 */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly site: SiteService,
    private readonly users: UsersService,
    private readonly invitations: InvitationsService,
  ) {}

  /** Refuses who could not come in as things are; keeps what counts later. */
  async ask({
    invitation,
    words = null,
    acceptsRules,
  }: Asking): Promise<Pick<Registration, 'invitationId' | 'words'>> {
    const { registration, rules } = await this.site.settings();
    if (rules.length && !acceptsRules) throw invalidField('acceptsRules', 'rules-not-accepted');
    if (await this.users.isNew()) return { invitationId: null, words: null };
    if (registration === 'open')
      return { invitationId: await this.invitationIfOpen(invitation), words: null };
    if (invitation) {
      const { id } = await this.invitations.offer(invitation);
      return { invitationId: id, words };
    }
    if (registration === 'invitation') throw refuse('invitation-needed');
    if (!words) throw invalidField('words', 'required');
    return { invitationId: null, words };
  }

  /** Under the lock of accounts, which makes one of several the first. */
  async decide(
    transaction: Transaction,
    { invitationId }: Pick<Registration, 'invitationId'>,
  ): Promise<Admission> {
    if (await this.users.isNew(transaction)) return 'open';
    if (invitationId && (await this.invitations.use(transaction, invitationId)))
      return 'by-invitation';
    const { registration } = await this.site.settings(transaction);
    if (registration === 'open') return 'open';
    if (registration === 'approval') return 'waits';
    throw invitationId
      ? await this.invitations.whyNot(transaction, invitationId)
      : refuse('invitation-needed');
  }

  /** Where everyone may come, a link that no longer works keeps nobody out. */
  private async invitationIfOpen(token: string | null | undefined): Promise<string | null> {
    if (!token) return null;
    try {
      return (await this.invitations.offer(token)).id;
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }
}
