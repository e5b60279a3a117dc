import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Role } from '@echomate/contracts/users.dto';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { UsersService } from '../users/users.service.js';
import * as mails from './auth.mails.js';
import { EmailTokensRepository, type LiveToken, type NewToken } from './email-tokens.repository.js';
import { RegistrationsRepository } from './registrations.repository.js';

const REGISTRATION = 'auth.mail-registration';
const PASSWORD_RESET = 'auth.mail-password-reset';
const EMAIL_CHANGE = 'auth.mail-email-change';
const MOVED = 'auth.mail-moved';
const NEW_DEVICE = 'auth.mail-new-device';

/** What was requested, and the version of the credentials then: if it has changed, no link is made. */
interface AskedChange {
  userId: string;
  newEmail: string;
  credentialsVersion: number;
}
interface AskedReset {
  email: string;
  credentialsVersion: number | null;
}

interface NewDevice {
  userId: string;
  device: string | null;
  at: string;
}

/**
 * Sends the mails about accounts as jobs. The request only records what was asked; the job checks whether the address
 * has an account, so neither the answer nor its timing reveals it.
 */
@Injectable()
export class AuthMailer implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly users: UsersService,
    private readonly registrations: RegistrationsRepository,
    private readonly tokens: EmailTokensRepository,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ registrationId: string }>(REGISTRATION, async ({ registrationId }, { id }) =>
      this.mailRegistration(id, registrationId),
    );
    this.jobs.handle<AskedReset>(PASSWORD_RESET, (asked, { id }) =>
      this.mailPasswordReset(id, asked),
    );
    this.jobs.handle<AskedChange>(EMAIL_CHANGE, (asked, { id }) => this.mailEmailChange(id, asked));
    this.jobs.handle<{ email: string }>(MOVED, async ({ email }, { id }) => {
      await this.mailedToOwner(id, email, mails.emailMoved);
    });
    this.jobs.handle<NewDevice>(NEW_DEVICE, (login, { id }) => this.mailNewDevice(id, login));
  }

  registrationReceived(transaction: Transaction, registrationId: string): Promise<void> {
    return this.jobs.enqueue(transaction, REGISTRATION, { registrationId });
  }

  passwordForgotten(
    transaction: Transaction,
    email: string,
    credentialsVersion: number | null,
  ): Promise<void> {
    return this.jobs.enqueue(transaction, PASSWORD_RESET, { email, credentialsVersion });
  }

  emailChangeAsked(transaction: Transaction, asked: AskedChange): Promise<void> {
    return this.jobs.enqueue(transaction, EMAIL_CHANGE, asked);
  }

  /** Tells the current address that somebody asked to move the account. */
  moveAnnounced(transaction: Transaction, to: string): Promise<void> {
    return this.mailer.sendLater(
      transaction,
      mails.emailChangeAsked(to, this.mailer.link('/forgot-password')),
    );
  }

  passwordChanged(transaction: Transaction, to: string): Promise<void> {
    return this.mailer.sendLater(
      transaction,
      mails.passwordChanged(to, this.mailer.link('/forgot-password')),
    );
  }

  /** Reserves the address that an account was moved away from, and mails a link that moves it back. */
  async moved(transaction: Transaction, userId: string, email: string): Promise<void> {
    // Reserves the address from now on; the secret is made together with the mail.
    await this.tokens.issue(transaction, {
      purpose: 'email-return',
      subjectId: userId,
      email,
      credentialsVersion: null,
    });
    await this.jobs.enqueue(transaction, MOVED, { email });
  }

  async broughtBack(
    transaction: Transaction,
    { to, from }: { to: string; from: string },
  ): Promise<void> {
    await this.mailer.sendLater(transaction, mails.broughtBack(to, this.mailer.link('/login')));
    await this.mailer.sendLater(transaction, mails.takenAway(from));
  }

  letIn(transaction: Transaction, to: string): Promise<void> {
    return this.mailer.sendLater(transaction, mails.letIn(to, this.mailer.link('/login')));
  }

  notLetIn(transaction: Transaction, to: string, reason: string | null): Promise<void> {
    return this.mailer.sendLater(transaction, mails.notLetIn(to, reason));
  }

  roleChanged(transaction: Transaction, to: string, role: Role): Promise<void> {
    return this.mailer.sendLater(transaction, mails.roleChanged(to, role, this.mailer.link('/')));
  }

  /** Somebody logged in from a browser that has not been in before. */
  newDevice(transaction: Transaction, login: NewDevice): Promise<void> {
    return this.jobs.enqueue(transaction, NEW_DEVICE, login);
  }

  private async mailNewDevice(mailId: string, { userId, device, at }: NewDevice): Promise<void> {
    const user = await this.users.findCredentials(userId);
    if (!user) return;
    const pages = {
      history: this.mailer.link('/settings/history'),
      forgotten: this.mailer.link('/forgot-password'),
    };
    await this.mailer.send(mailId, mails.newDevice(user.email, { device, at, ...pages }));
  }

  private async mailRegistration(mailId: string, registrationId: string): Promise<void> {
    const registration = await this.registrations.find(registrationId);
    if (!registration || (await this.mailedToOwner(mailId, registration.email))) return;
    const { email } = registration;
    const link = await this.link('/verify-email', {
      purpose: 'registration',
      subjectId: registrationId,
      email,
      credentialsVersion: null,
    });
    if (link) await this.mailer.send(mailId, mails.confirmRegistration(email, link));
  }

  private async mailPasswordReset(
    mailId: string,
    { email, credentialsVersion }: AskedReset,
  ): Promise<void> {
    const user = await this.users.findByEmail(email);
    if (!user) {
      await this.mailedToOwner(mailId, email);
      return;
    }
    const link = await this.link('/reset-password', {
      purpose: 'password-reset',
      subjectId: user.id,
      email,
      credentialsVersion,
    });
    if (link) await this.mailer.send(mailId, mails.resetPassword(email, link));
  }

  private async mailEmailChange(
    mailId: string,
    { userId, newEmail, credentialsVersion }: AskedChange,
  ): Promise<void> {
    if (await this.mailedToOwner(mailId, newEmail)) return;
    const link = await this.link('/verify-email', {
      purpose: 'email-change',
      subjectId: userId,
      email: newEmail,
      credentialsVersion,
    });
    if (link) await this.mailer.send(mailId, mails.confirmEmailChange(newEmail, link));
  }

  /** Whether the address belongs to an account or is reserved for one; in that case its owner has been told. */
  private async mailedToOwner(
    mailId: string,
    email: string,
    kept: typeof mails.addressKept = mails.addressKept,
  ): Promise<boolean> {
    if (await this.users.findByEmail(email)) {
      await this.mailer.send(mailId, mails.alreadyRegistered(email, this.mailer.link('/login')));
      return true;
    }
    const held = await this.tokens.findReturn(email, new Date().toISOString(), this.database);
    if (!held) return false;
    const link = await this.returnLink(held);
    if (link) await this.mailer.send(mailId, kept(email, link, held.expiresAt));
    return true;
  }

  /** Null if the credentials have changed since the request. */
  private link(path: string, asked: NewToken): Promise<string | null> {
    return this.database.transaction(async (transaction) => {
      const { credentialsVersion, subjectId, purpose } = asked;
      if (purpose !== 'registration') {
        await locks.users(transaction, subjectId);
        const user = await this.users.findCredentials(subjectId, transaction);
        if (user?.credentialsVersion !== credentialsVersion) return null;
      }
      const token = await this.tokens.issue(transaction, asked);
      return this.mailer.link(`${path}?token=${token}`);
    });
  }

  /** A new secret for the same link; null if the account has been moved back meanwhile. */
  private returnLink(held: LiveToken): Promise<string | null> {
    return this.database.transaction(async (transaction) => {
      await locks.users(transaction, held.subjectId);
      if (!(await this.tokens.exists(transaction, held))) return null;
      const token = await this.tokens.issue(transaction, held, held.expiresAt);
      return this.mailer.link(`/return-email?token=${token}`);
    });
  }
}
