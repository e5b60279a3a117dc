import { Injectable } from '@nestjs/common';
import type { Joining, RegisterRequest } from '@echomate/contracts/auth.dto';
import { fault } from '@echomate/contracts/refusals';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import type { Transaction } from '../../platform/database/statements.js';
import { fieldError, Refusal, refuse } from '../../platform/http/problem.js';
import { hashOf, newSecret } from '../../platform/secrets/secrets.js';
import { DAY_MS } from '../../platform/periods.js';
import { ProfilePicturesService } from '../media/profile-pictures.service.js';
import { HandlesService } from '../users/handles.service.js';
import { UsersService } from '../users/users.service.js';
import { AccountLimits } from './account-limits.js';
import { AdmissionService } from './admission.service.js';
import { AccountOpened } from './auth.domain-events.js';
import { AuthMailer } from './auth.mailer.js';
import { EmailTokensRepository, type LiveToken } from './email-tokens.repository.js';
import { InvitationsService } from './invitations.service.js';
import { Passwords } from './passwords.js';
import type { Registration } from './entities/registration.entity.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { SecurityLog } from './security-log.js';

const DAYS_TO_CONFIRM = 2;
export const REGISTRATION_COOKIE = { name: 'echomate_registration', days: DAYS_TO_CONFIRM };

/** What waits for an admin waits until they decide. */
const NEVER = '9999-12-31T23:59:59.999Z';

const expiryFrom = (now: number) => new Date(now + DAYS_TO_CONFIRM * DAY_MS).toISOString();

/** What a registration keeps of the form; the handle is a wish until the account opens. */
export type RegisteredProfile = Omit<Joining, 'invitation' | 'words' | 'acceptsRules'>;

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
    private readonly admission: AdmissionService,
    private readonly invitations: InvitationsService,
    private readonly limits: AccountLimits,
    private readonly mailer: AuthMailer,
    private readonly log: SecurityLog,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** Returns the secret that identifies the browser when it opens the link; it may have one already. */
  async register(
    request: RegisterRequest,
    avatarPath: string | null,
    browserSecret: string | null,
  ): Promise<string> {
    this.passwords.assertUncommon('password', request.password, request);
    // Refused whatever the address: handles are public, addresses are not.
    if (request.handle) await this.handles.assertFree(request.handle, request);
    const asked = await this.admission.ask(request);
    const isMailed = await this.limits.mayMail(request.email);
    const profile = profileOf(request);
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
        ...asked,
        confirmedAt: null,
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

  /** The newest registration of an address, for whoever knows its password, and whether it waits for an admin. */
  async withPassword(
    email: string,
    password: string,
  ): Promise<{ id: string; isWaiting: boolean } | null> {
    const newest = await this.registrations.findNewestOf(email, new Date().toISOString());
    const isTheirs = await this.passwords.matches(password, newest?.passwordHash ?? null);
    return isTheirs ? { id: newest!.id, isWaiting: newest!.confirmedAt !== null } : null;
  }

  /** Treats this browser, which has proved to know the password, like the one that registered. */
  async adopt(id: string, browserSecret: string | null): Promise<string> {
    const secret = browserSecret ?? newSecret();
    await this.database.transaction((transaction) =>
      this.registrations.update(transaction, id, { browserHash: hashOf(secret) }),
    );
    return secret;
  }

  /** Opens the account that this link confirms; null if it waits for an admin. */
  async confirm(
    link: LiveToken,
    password: string | null,
    browserSecret: string | null,
  ): Promise<string | null> {
    const asked = await this.registrations.find(link.subjectId);
    if (!asked || asked.confirmedAt) throw this.log.linkRefused('registration');
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
        registration.confirmedAt ||
        !(await this.tokens.use(transaction, link, now)) ||
        (await this.isTaken(transaction, registration.email))
      )
        throw this.log.linkRefused('registration');
      return this.admit(transaction, { ...registration, passwordHash }, now);
    });
    this.noteAdmission(userId);
    return userId;
  }

  /** For a registration whose address is confirmed: opens the account, or keeps it for an admin and returns null. */
  async admit(
    transaction: Transaction,
    registration: Registration,
    now: string,
  ): Promise<string | null> {
    const admission = await this.admission.decide(transaction, registration);
    if (admission === 'waits') {
      await this.wait(transaction, registration, now);
      return null;
    }
    const userId = await this.open(transaction, registration);
    if (admission === 'by-invitation')
      await this.invitations.remember(transaction, registration.invitationId!, userId);
    return userId;
  }

  noteAdmission(userId: string | null): void {
    this.log.note(userId ? 'auth.account-opened' : 'auth.application-received', userId);
  }

  /** Makes a person of a registration whose address is confirmed. The caller holds the lock of accounts. */
  async open(
    transaction: Transaction,
    registration: Pick<Registration, 'id' | 'email' | 'passwordHash' | 'profile'>,
  ): Promise<string> {
    const { id, email, passwordHash } = registration;
    const profile = JSON.parse(registration.profile) as RegisteredProfile;
    const userId = await this.users.create(transaction, { ...profile, email, passwordHash });
    await this.pictures.giveToPerson(transaction, id, userId);
    await this.domainEvents.announce(transaction, new AccountOpened(userId, id));
    await this.forget(transaction, [registration]);
    await this.forget(transaction, await this.registrations.findWaitingOf(transaction, email));
    return userId;
  }

  /** The newest of an address counts: whoever opens its mail is the same person. */
  private async wait(
    transaction: Transaction,
    { id, email, passwordHash }: Registration,
    now: string,
  ): Promise<void> {
    await this.forget(transaction, await this.registrations.findWaitingOf(transaction, email));
    await this.tokens.deleteOfRegistration(transaction, id);
    await this.registrations.update(transaction, id, {
      passwordHash,
      confirmedAt: now,
      expiresAt: NEVER,
      // The browser that registered can no longer send it elsewhere.
      browserHash: null,
    });
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
      await this.lockAddresses(transaction);
      const registration = await this.registrations.find(id, transaction);
      // Confirmed meanwhile, it can no longer be sent elsewhere.
      if (!registration || registration.confirmedAt) throw refuse('nothing-to-confirm');
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

  async forget(transaction: Transaction, registrations: Pick<Registration, 'id'>[]): Promise<void> {
    for (const { id } of registrations) {
      await this.pictures.removeOfRegistration(transaction, id);
      await this.registrations.delete(transaction, id);
    }
  }
}

export const profileOf = (request: Joining & Partial<RegisterRequest>): RegisteredProfile => {
  const { email, password, invitation, words, acceptsRules, ...profile } = request;
  return profile;
};
