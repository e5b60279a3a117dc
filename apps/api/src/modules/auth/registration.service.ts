import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RegisterRequest } from '@echomate/contracts/auth.dto';
import { fault } from '@echomate/contracts/refusals';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { fieldError, Refusal, refuse } from '../../platform/http/problem.js';
import { ProfilePicturesService } from '../media/profile-pictures.service.js';
import { HandlesService } from '../users/handles.service.js';
import { UsersService } from '../users/users.service.js';
import { AccountLimits } from './account-limits.js';
import { AuthMailer } from './auth.mailer.js';
import { EmailTokensRepository, type LiveToken } from './email-tokens.repository.js';
import { Passwords } from './passwords.js';
import type { Registration } from './entities/registration.entity.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { SecurityLog } from './security-log.js';

const DAYS_TO_CONFIRM = 2;
export const REGISTRATION_COOKIE = { name: 'echomate_registration', days: DAYS_TO_CONFIRM };

const newSecret = () => randomBytes(32).toString('base64url');

const expiryFrom = (now: number) => new Date(now + DAYS_TO_CONFIRM * 24 * 3600_000).toISOString();

/** What a registration keeps of the form; the handle is a wish until the account opens. */
type RegisteredProfile = Omit<RegisterRequest, 'email' | 'password'>;

const hashOf = (secret: string) => hash('sha256', secret, 'base64url');

/** For whoever knew the password of a registration: nobody else is told that there is one. */
export class EmailUnconfirmed extends Refusal {
  constructor(readonly registrationId: string) {
    super('email-unconfirmed');
  }
}

/**
 * Registering and confirming. There is no account until the mailed link is opened: a registration for an address that
 * has an account does and answers exactly the same, and only the mail differs. Anyone can register any address, so the
 * password that counts is the one of whoever opens the link: the one chosen at registration if the same browser opens
 * it, otherwise one chosen then.
 */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly users: UsersService,
    private readonly handles: HandlesService,
    private readonly pictures: ProfilePicturesService,
    private readonly tokens: EmailTokensRepository,
    private readonly passwords: Passwords,
    private readonly limits: AccountLimits,
    private readonly mailer: AuthMailer,
    private readonly log: SecurityLog,
    private readonly database: Database,
  ) {}

  /** Returns the secret that identifies the browser when it opens the link; it may have one already. */
  async register(
    request: RegisterRequest,
    avatarPath: string | null,
    browserSecret: string | null,
  ): Promise<string> {
    this.passwords.assertUncommon('password', request.password, request);
    // Whatever the address: who has a handle is known to everyone who registers, who has an address to nobody.
    if (request.handle) await this.handles.assertFree(request.handle, request);
    const isMailed = await this.limits.mayMail(request.email);
    const { email, password, ...profile } = request;
    const secret = browserSecret ?? newSecret();
    const avatar = avatarPath && (await this.pictures.prepare('avatar', avatarPath, 'avatar'));
    const passwordHash = await this.passwords.hash(request.password);
    const id = uuid();
    const now = Date.now();
    const begin = (transaction: Transaction) =>
      this.registrations.insert(transaction, {
        id,
        email: request.email,
        passwordHash,
        browserHash: hashOf(secret),
        profile: JSON.stringify(profile),
        createdAt: new Date(now).toISOString(),
        expiresAt: expiryFrom(now),
      });
    const finish = async (transaction: Transaction) => {
      if (isMailed) await this.mailer.registrationReceived(transaction, id);
    };
    if (avatar) await this.pictures.keepForRegistration(id, avatar, { begin, finish });
    else
      await this.database.transaction(async (transaction) => {
        await begin(transaction);
        await finish(transaction);
      });
    return secret;
  }

  /** Mails the link again for what this browser registered last; earlier links still work. */
  async resend(browserSecret: string | null): Promise<string> {
    const { id, email } = await this.waiting(browserSecret);
    await this.mailAgain(id, email);
    return email;
  }

  /** Mails a link to another address than the one typed first, whose links end. */
  async correct(browserSecret: string | null, email: string): Promise<void> {
    const { id } = await this.waiting(browserSecret);
    await this.mailAgain(id, email, async (transaction) => {
      await this.tokens.deleteOfRegistration(transaction, id);
      await this.registrations.update(transaction, id, { email });
    });
  }

  /** The newest registration of an address, for whoever knows its password. */
  async withPassword(email: string, password: string): Promise<string | null> {
    const newest = await this.registrations.findNewestOf(email, new Date().toISOString());
    const isTheirs = await this.passwords.matches(password, newest?.passwordHash ?? null);
    return isTheirs ? newest!.id : null;
  }

  /** Treats this browser, which has proved to know the password, like the one that registered. */
  async adopt(id: string, browserSecret: string | null): Promise<string> {
    const secret = browserSecret ?? newSecret();
    await this.database.transaction((transaction) =>
      this.registrations.update(transaction, id, { browserHash: hashOf(secret) }),
    );
    return secret;
  }

  /** Opens the account that this link confirms. */
  async confirm(
    link: LiveToken,
    password: string | null,
    browserSecret: string | null,
  ): Promise<string> {
    const asked = await this.registrations.find(link.subjectId);
    if (!asked) throw this.log.linkRefused('registration');
    const profile = JSON.parse(asked.profile) as RegisteredProfile;
    const isSameBrowser = browserSecret !== null && asked.browserHash === hashOf(browserSecret);
    if (password === null && !isSameBrowser)
      throw new Refusal('password-needed', undefined, [fieldError('password', fault('required'))]);
    if (password !== null)
      this.passwords.assertUncommon('password', password, { ...profile, email: asked.email });
    const passwordHash =
      password === null ? asked.passwordHash : await this.passwords.hash(password);
    const userId = await this.database.transaction(async (transaction) => {
      await this.lockAddresses(transaction);
      const now = new Date().toISOString();
      const registration = await this.registrations.find(link.subjectId, transaction);
      if (
        // A link mailed to an address that was corrected meanwhile confirms nothing.
        registration?.email !== link.email ||
        !(await this.tokens.use(transaction, link, now)) ||
        (await this.isTaken(transaction, registration.email))
      )
        throw this.log.linkRefused('registration');
      const { id, email } = registration;
      const userId = await this.users.create(transaction, { ...profile, email, passwordHash });
      await this.pictures.giveToPerson(transaction, id, userId);
      await this.forget(transaction, [registration]);
      return userId;
    });
    this.log.note('auth.account-opened', userId);
    return userId;
  }

  private async waiting(browserSecret: string | null) {
    const now = new Date().toISOString();
    const found =
      browserSecret &&
      (await this.registrations.findOfBrowser(this.database, hashOf(browserSecret), now));
    if (!found) throw refuse('nothing-to-confirm');
    return found;
  }

  /** Two days begin again, for the link that is mailed now. */
  private async mailAgain(
    id: string,
    email: string,
    alsoDo?: (transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    const isMailed = await this.limits.mayMail(email);
    await this.database.transaction(async (transaction) => {
      await alsoDo?.(transaction);
      await this.registrations.update(transaction, id, { expiresAt: expiryFrom(Date.now()) });
      if (isMailed) await this.mailer.registrationReceived(transaction, id);
    });
  }

  /** Serialized: an address belongs to one account, and only one account is the first. */
  lockAddresses(transaction: Transaction): Promise<void> {
    return locks.accounts(transaction);
  }

  /** Whether an account has the address, or it is reserved for one that was moved away from it. */
  async isTaken(transaction: Transaction, email: string): Promise<boolean> {
    const now = new Date().toISOString();
    return (
      (await this.users.findByEmail(email, transaction)) !== null ||
      (await this.tokens.findReturn(email, now, transaction)) !== null
    );
  }

  /** Returns how many it deleted, at most `limit`. */
  async forgetExpired(transaction: Transaction, now: string, limit: number): Promise<number> {
    const expired = await this.registrations.findExpired(transaction, now, limit);
    await this.forget(transaction, expired);
    return expired.length;
  }

  private async forget(
    transaction: Transaction,
    registrations: Pick<Registration, 'id'>[],
  ): Promise<void> {
    for (const { id } of registrations) {
      await this.pictures.removeOfRegistration(transaction, id);
      await this.registrations.delete(transaction, id);
    }
  }
}
