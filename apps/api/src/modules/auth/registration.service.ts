import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RegisterRequest } from '@echomate/contracts/auth.dto';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { refuse } from '../../platform/http/problem.js';
import { Pictures } from '../users/pictures.service.js';
import { UsersService } from '../users/users.service.js';
import { AccountLimits } from './account-limits.js';
import { AuthMailer } from './auth.mailer.js';
import { EmailTokensRepository, type LiveToken } from './email-tokens.repository.js';
import { Passwords } from './passwords.js';
import type { Registration } from './entities/registration.entity.js';
import { RegistrationsRepository, type RegisteredProfile } from './registrations.repository.js';
import { SecurityLog } from './security-log.js';

const DAYS_TO_CONFIRM = 2;
export const REGISTRATION_COOKIE = { name: 'echomate_registration', days: DAYS_TO_CONFIRM };

const hashOf = (secret: string) => hash('sha256', secret, 'base64url');

/**
 * Registering and confirming. Until the mailed link is opened there is no account: a registration for
 * an address that has one does and answers exactly the same, and only the mail differs. Anyone can register
 * any address; the password that counts is that of whoever opens the link: the one chosen in the browser
 * that registered, if it is opened there, and otherwise the one chosen when it is opened.
 */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly users: UsersService,
    private readonly pictures: Pictures,
    private readonly tokens: EmailTokensRepository,
    private readonly passwords: Passwords,
    private readonly limits: AccountLimits,
    private readonly mailer: AuthMailer,
    private readonly log: SecurityLog,
    private readonly database: Database,
  ) {}

  /** The secret by which the browser is known again when it opens the link; it may have one already. */
  async register(
    request: RegisterRequest,
    avatarPath: string | null,
    browserSecret: string | null,
  ): Promise<string> {
    this.passwords.assertUncommon('password', request.password, request);
    const isMailed = await this.limits.mayMail(request.email);
    const secret = browserSecret ?? randomBytes(32).toString('base64url');
    const avatarId = avatarPath && (await this.pictures.keep('avatar', avatarPath, 'avatar'));
    try {
      const passwordHash = await this.passwords.hash(request.password);
      await this.database.transaction(async (transaction) => {
        const id = uuid();
        const now = Date.now();
        await this.registrations.insert(transaction, {
          id,
          email: request.email,
          passwordHash,
          browserHash: hashOf(secret),
          profile: JSON.stringify(profileOf(request)),
          avatarId,
          createdAt: new Date(now).toISOString(),
          expiresAt: new Date(now + DAYS_TO_CONFIRM * 24 * 3600_000).toISOString(),
        });
        if (isMailed) await this.mailer.registrationReceived(transaction, id);
      });
      return secret;
    } catch (error) {
      if (avatarId) await this.pictures.remove('avatar', avatarId);
      throw error;
    }
  }

  /** Opens the account that waits for this link, with the password that counts. */
  async confirm(
    link: LiveToken,
    password: string | null,
    browserSecret: string | null,
  ): Promise<string> {
    const asked = await this.registrations.find(link.subjectId);
    if (!asked) throw this.log.linkRefused('registration');
    const profile = JSON.parse(asked.profile) as RegisteredProfile;
    const isSameBrowser = browserSecret !== null && asked.browserHash === hashOf(browserSecret);
    if (password === null && !isSameBrowser) {
      const message = 'Choose a password for your account.';
      throw refuse('password-needed', message, [{ field: 'password', message }]);
    }
    if (password !== null)
      this.passwords.assertUncommon('password', password, { ...profile, email: asked.email });
    const passwordHash =
      password === null ? asked.passwordHash : await this.passwords.hash(password);
    const userId = await this.database.transaction(async (transaction) => {
      await this.lockAddresses(transaction);
      const now = new Date().toISOString();
      const registration = await this.registrations.find(link.subjectId, transaction);
      if (
        !registration ||
        !(await this.tokens.use(transaction, link, now)) ||
        (await this.isTaken(transaction, registration.email))
      )
        throw this.log.linkRefused('registration');
      const { id, email, avatarId } = registration;
      await this.registrations.delete(transaction, id);
      await this.forgetOf(transaction, email);
      return this.users.create(transaction, { ...profile, email, passwordHash, avatarId });
    });
    this.log.note('auth.account-opened', userId);
    return userId;
  }

  /** One at a time: an address belongs to one account, and only one account is the first. */
  lockAddresses(transaction: Transaction): Promise<void> {
    return locks.accounts(transaction);
  }

  /** Whether an account has the address, or it is kept for one that was moved away from it. */
  async isTaken(transaction: Transaction, email: string): Promise<boolean> {
    const now = new Date().toISOString();
    return (
      (await this.users.findByEmail(email, transaction)) !== null ||
      (await this.tokens.findReturn(email, now, transaction)) !== null
    );
  }

  /** Ends what waits for an address that has got an account. */
  async forgetOf(transaction: Transaction, email: string): Promise<void> {
    await this.forget(transaction, await this.registrations.findOfEmail(transaction, email));
  }

  /** Tells how many there were, at most `limit`. */
  async forgetExpired(transaction: Transaction, now: string, limit: number): Promise<number> {
    const expired = await this.registrations.findExpired(transaction, now, limit);
    await this.forget(transaction, expired);
    return expired.length;
  }

  private async forget(
    transaction: Transaction,
    registrations: Pick<Registration, 'id' | 'avatarId'>[],
  ): Promise<void> {
    for (const { id, avatarId } of registrations) {
      await this.registrations.delete(transaction, id);
      if (avatarId) transaction.afterCommit(() => this.pictures.remove('avatar', avatarId));
    }
  }
}

const profileOf = (request: RegisterRequest): RegisteredProfile => ({
  firstName: request.firstName,
  lastName: request.lastName,
  dateOfBirth: request.dateOfBirth,
  nickname: request.nickname ?? null,
  about: request.about ?? null,
  visibility: request.visibility ?? 'public',
  emailVisibility: request.emailVisibility ?? 'profile',
  dateOfBirthVisibility: request.dateOfBirthVisibility ?? 'profile',
});
