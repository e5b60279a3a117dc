import { Injectable } from '@nestjs/common';
import type {
  ChangeEmailRequest,
  EmailReturned,
  EmailVerified,
  ReturnEmailRequest,
} from '@echomate/contracts/auth.dto';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { UsersService } from '../users/users.service.js';
import { AccountBroughtBack } from './auth.domain-events.js';
import { AccountLimits } from './account-limits.js';
import type { Proof } from './auth.service.js';
import { AuthMailer } from './auth.mailer.js';
import { Credentials } from './credentials.service.js';
import { EmailTokensRepository, type LiveToken } from './email-tokens.repository.js';
import { Passwords } from './passwords.js';
import { RegistrationService } from './registration.service.js';
import { SecurityLog } from './security-log.js';

export interface Verification extends EmailVerified {
  /** Set if the link opened an account: the browser is logged in */
  proof: Proof | null;
}

/** Confirming an address, moving an account to another, and moving it back. */
@Injectable()
export class EmailAddressService {
  constructor(
    private readonly users: UsersService,
    private readonly credentials: Credentials,
    private readonly registration: RegistrationService,
    private readonly tokens: EmailTokensRepository,
    private readonly passwords: Passwords,
    private readonly limits: AccountLimits,
    private readonly mailer: AuthMailer,
    private readonly log: SecurityLog,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  async askForChange(
    viewer: RequestViewer,
    { newEmail, password }: ChangeEmailRequest,
  ): Promise<void> {
    const user = await this.credentials.prove(viewer, 'password', password);
    if (user.email === newEmail) throw invalidField('newEmail', 'same-email');
    const hasRoom = await this.limits.hasRoom(newEmail);
    await this.database.transaction(async (transaction) => {
      const { credentialsVersion } = user;
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      if (hasRoom)
        await this.mailer.emailChangeAsked(transaction, {
          userId: viewer.userId,
          newEmail,
          credentialsVersion,
        });
      await this.mailer.moveAnnounced(transaction, user.email);
    });
    this.log.note('auth.email-change-asked', viewer.userId);
  }

  /** Uses the link mailed to a new address. */
  async verify(
    link: { token: string; password?: string | undefined },
    browserSecret: string | null,
    viewer: RequestViewer | undefined,
  ): Promise<Verification> {
    const now = new Date().toISOString();
    const found = await this.tokens.find(link.token, ['registration', 'email-change'], now);
    if (!found) throw this.log.linkRefused('verify');
    if (found.purpose === 'email-change') return this.move(found, viewer);
    const userId = await this.registration.confirm(found, link.password ?? null, browserSecret);
    if (userId === null) return { purpose: 'application', email: found.email, proof: null };
    return {
      purpose: 'registration',
      email: found.email,
      proof: { userId, credentialsVersion: 1 },
    };
  }

  private async move(link: LiveToken, viewer: RequestViewer | undefined): Promise<Verification> {
    const { subjectId: userId, email } = link;
    const keptSession = viewer?.userId === userId ? viewer.sessionId : null;
    await this.database.transaction(async (transaction) => {
      await this.registration.lockAddresses(transaction);
      const user = await this.credentials.unchanged(transaction, userId, link.credentialsVersion);
      const now = new Date().toISOString();
      if (
        !user ||
        !(await this.tokens.use(transaction, link, now)) ||
        (await this.registration.isTaken(transaction, email))
      )
        throw this.log.linkRefused('email-change', userId);
      await this.credentials.change(transaction, userId, { email }, keptSession);
      await this.mailer.moved(transaction, userId, user.email);
    });
    this.log.note('auth.email-changed', userId);
    return { purpose: 'email-change', email, proof: null };
  }

  /**
   * Uses the link mailed to the address that an account was moved away from. It checks no version of the credentials:
   * it is the owner's last resort, whatever a thief has changed.
   */
  async bringBack({
    token,
    newPassword,
  }: ReturnEmailRequest): Promise<EmailReturned & { userId: string }> {
    const now = new Date().toISOString();
    const link = await this.tokens.find(token, ['email-return'], now);
    const owner = link && (await this.users.findCredentials(link.subjectId));
    if (!owner) throw this.log.linkRefused('email-return');
    const { email } = link;
    this.passwords.assertUncommon('newPassword', newPassword, { ...owner, email });
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async (transaction) => {
      await this.registration.lockAddresses(transaction);
      await locks.users(transaction, owner.id);
      const user = await this.users.findCredentials(owner.id, transaction);
      if (
        !user ||
        !(await this.tokens.use(transaction, link, now)) ||
        (await this.users.findByEmail(email, transaction))
      )
        throw this.log.linkRefused('email-return', owner.id);
      await this.tokens.deleteReturnsFrom(transaction, link);
      await this.credentials.change(transaction, owner.id, { email, passwordHash }, null);
      await this.domainEvents.announce(transaction, new AccountBroughtBack(owner.id));
      await this.mailer.broughtBack(transaction, { to: email, from: user.email });
    });
    this.log.note('auth.email-returned', owner.id);
    return { email, userId: owner.id };
  }
}
