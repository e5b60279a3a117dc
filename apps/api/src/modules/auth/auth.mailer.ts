import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import type { Transaction } from '../../platform/database/statements.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { MailTransport, type Mail } from '../../platform/mail/mail.js';
import { UsersService } from '../users/users.service.js';
import * as mails from './auth.mails.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import type { EmailTokenPurpose } from './entities/email-token.entity.js';
import { RegistrationsRepository, type RegisteredProfile } from './registrations.repository.js';

const REGISTRATION = 'auth.mail-registration';
const PASSWORD_RESET = 'auth.mail-password-reset';
const EMAIL_CHANGE = 'auth.mail-email-change';
const NOTICE = 'auth.mail-notice';

/**
 * Sends the mails of accounts as jobs. A request only notes what was asked; whether the address has an
 * account is looked up in the job, so neither the answer nor its timing can tell.
 */
@Injectable()
export class AuthMailer implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly transport: MailTransport,
    private readonly users: UsersService,
    private readonly registrations: RegistrationsRepository,
    private readonly tokens: EmailTokensRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ registrationId: string }>(REGISTRATION, async ({ registrationId }, { id }) =>
      this.mailRegistration(id, registrationId),
    );
    this.jobs.handle<{ email: string }>(PASSWORD_RESET, async ({ email }, { id }) =>
      this.mailPasswordReset(id, email),
    );
    this.jobs.handle<{ userId: string; newEmail: string }>(
      EMAIL_CHANGE,
      async ({ userId, newEmail }, { id }) => this.mailEmailChange(id, userId, newEmail),
    );
    this.jobs.handle<Mail>(NOTICE, async (mail, { id }) => this.transport.send(id, mail));
  }

  registrationReceived(transaction: Transaction, registrationId: string): Promise<void> {
    return this.jobs.enqueue(transaction, REGISTRATION, { registrationId });
  }

  passwordForgotten(transaction: Transaction, email: string): Promise<void> {
    return this.jobs.enqueue(transaction, PASSWORD_RESET, { email });
  }

  emailChangeAsked(transaction: Transaction, userId: string, newEmail: string): Promise<void> {
    return this.jobs.enqueue(transaction, EMAIL_CHANGE, { userId, newEmail });
  }

  passwordChanged(transaction: Transaction, to: string, firstName: string): Promise<void> {
    return this.jobs.enqueue(
      transaction,
      NOTICE,
      mails.passwordChanged(to, firstName, this.page('/forgot-password')),
    );
  }

  emailChanged(
    transaction: Transaction,
    oldEmail: string,
    firstName: string,
    newEmail: string,
  ): Promise<void> {
    return this.jobs.enqueue(
      transaction,
      NOTICE,
      mails.emailChanged(oldEmail, firstName, newEmail),
    );
  }

  private async mailRegistration(mailId: string, registrationId: string): Promise<void> {
    const registration = await this.registrations.find(registrationId);
    if (!registration) return;
    const { email } = registration;
    const owner = await this.users.findByEmail(email);
    if (owner) {
      await this.transport.send(
        mailId,
        mails.alreadyRegistered(email, owner.firstName, this.page('/login')),
      );
      return;
    }
    const { firstName } = JSON.parse(registration.profile) as RegisteredProfile;
    const link = await this.link('/verify-email', 'registration', registrationId, email);
    await this.transport.send(mailId, mails.confirmRegistration(email, firstName, link));
  }

  private async mailPasswordReset(mailId: string, email: string): Promise<void> {
    const user = await this.users.findByEmail(email);
    if (!user) return;
    const link = await this.link('/reset-password', 'password-reset', user.id, email);
    await this.transport.send(mailId, mails.resetPassword(email, user.firstName, link));
  }

  private async mailEmailChange(mailId: string, userId: string, newEmail: string): Promise<void> {
    const user = await this.users.findCredentials(userId);
    if (!user) return;
    const owner = await this.users.findByEmail(newEmail);
    if (owner) {
      await this.transport.send(
        mailId,
        mails.alreadyRegistered(newEmail, owner.firstName, this.page('/login')),
      );
      return;
    }
    const link = await this.link('/verify-email', 'email-change', userId, newEmail);
    await this.transport.send(mailId, mails.confirmEmailChange(newEmail, user.firstName, link));
  }

  private async link(
    path: string,
    purpose: EmailTokenPurpose,
    subjectId: string,
    email: string,
  ): Promise<string> {
    const token = await this.tokens.issue(purpose, subjectId, email);
    return this.page(`${path}?token=${token}`);
  }

  private page(path: string): string {
    return new URL(path, this.config.publicUrl).href;
  }
}
