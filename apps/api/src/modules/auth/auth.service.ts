import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  ChangeEmailRequest,
  ChangePasswordRequest,
  EmailVerified,
  LoginRequest,
  ResetPasswordRequest,
} from '@echomate/contracts/auth.dto';
import { Database } from '../../platform/database/database.service.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { UsersService } from '../users/users.service.js';
import { AuthMailer } from './auth.mailer.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { Passwords } from './passwords.js';
import { RegistrationService } from './registration.service.js';
import { SessionsRepository } from './sessions.repository.js';

const linkExpired = () =>
  refuse('link-expired', 'The link was used already, is too old, or was replaced by a newer one.');

/** Credentials: proving, changing and recovering them. */
@Injectable()
export class AuthService implements OnModuleInit {
  constructor(
    private readonly users: UsersService,
    private readonly registration: RegistrationService,
    private readonly sessions: SessionsRepository,
    private readonly tokens: EmailTokensRepository,
    private readonly passwords: Passwords,
    private readonly mailer: AuthMailer,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('auth.clean-up', 3600, (_payload, { commit }) =>
      commit(async (transaction) => {
        const now = new Date().toISOString();
        await this.sessions.deleteExpired(transaction, now);
        await this.tokens.deleteExpired(transaction, now);
        await this.registration.forgetExpired(transaction, now);
      }),
    );
  }

  /** The id of whoever has this email and password. */
  async authenticate({ email, password }: LoginRequest): Promise<string> {
    const user = await this.users.findByEmail(email);
    if (!(await this.passwords.matches(password, user?.passwordHash ?? null))) {
      throw refuse(
        'wrong-credentials',
        'Email or password is not right. A new account opens with the link that was mailed to it.',
      );
    }
    return user!.id;
  }

  /** Uses a mailed link; `userId` is set if it opened an account. */
  async verifyEmail(token: string): Promise<EmailVerified & { userId: string | null }> {
    return this.database.transaction(async (transaction) => {
      // One at a time: an address belongs to one account, and only one account is the first.
      await transaction.lock('accounts');
      const used = await this.tokens.use(
        transaction,
        token,
        ['registration', 'email-change'],
        new Date().toISOString(),
      );
      if (!used) throw linkExpired();
      const { subjectId, email } = used;
      if (used.purpose === 'registration') {
        const userId = await this.registration.confirm(transaction, subjectId);
        if (!userId) throw linkExpired();
        return { purpose: 'registration', email, userId };
      }
      const before = await this.users.findCredentials(subjectId, transaction);
      if (!before || (await this.users.findByEmail(email, transaction))) throw linkExpired();
      await this.users.changeEmail(transaction, subjectId, email);
      // Links that went to the old address must not open the account any more.
      await this.tokens.deleteOf(transaction, 'password-reset', subjectId);
      await this.mailer.emailChanged(transaction, before.email, before.firstName, email);
      return { purpose: 'email-change', email, userId: null };
    });
  }

  async forgotPassword(email: string): Promise<void> {
    await this.database.transaction((transaction) =>
      this.mailer.passwordForgotten(transaction, email),
    );
  }

  async resetPassword({ token, newPassword }: ResetPasswordRequest): Promise<void> {
    this.passwords.assertUncommon('newPassword', newPassword);
    const now = new Date().toISOString();
    if (!(await this.tokens.isLive(token, 'password-reset', now))) throw linkExpired();
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async (transaction) => {
      const used = await this.tokens.use(transaction, token, ['password-reset'], now);
      if (!used) throw linkExpired();
      const user = await this.users.findCredentials(used.subjectId, transaction);
      if (!user) throw linkExpired();
      await this.users.changePassword(transaction, used.subjectId, passwordHash);
      await this.sessions.deleteAllOfUser(transaction, used.subjectId, null);
      await this.mailer.passwordChanged(transaction, user.email, user.firstName);
    });
  }

  /** Ends every session of the person; the caller starts a new one for the device that asked. */
  async changePassword(
    { userId }: RequestViewer,
    { currentPassword, newPassword }: ChangePasswordRequest,
  ): Promise<void> {
    const user = await this.assertPassword(userId, 'currentPassword', currentPassword);
    this.passwords.assertUncommon('newPassword', newPassword, user.email);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async (transaction) => {
      await this.users.changePassword(transaction, userId, passwordHash);
      await this.tokens.deleteOf(transaction, 'password-reset', userId);
      await this.sessions.deleteAllOfUser(transaction, userId, null);
      await this.mailer.passwordChanged(transaction, user.email, user.firstName);
    });
  }

  async askForEmailChange(
    { userId }: RequestViewer,
    { newEmail, password }: ChangeEmailRequest,
  ): Promise<void> {
    const user = await this.assertPassword(userId, 'password', password);
    if (user.email === newEmail)
      throw invalidField('newEmail', 'This is your email address already.');
    await this.database.transaction((transaction) =>
      this.mailer.emailChangeAsked(transaction, userId, newEmail),
    );
  }

  private async assertPassword(userId: string, field: string, password: string) {
    const user = await this.users.findCredentials(userId);
    if (!(await this.passwords.matches(password, user?.passwordHash ?? null))) {
      throw invalidField(field, 'This is not your password.');
    }
    return user!;
  }
}
