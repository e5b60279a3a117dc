import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  ChangePasswordRequest,
  LoginRequest,
  ResetPasswordRequest,
} from '@echomate/contracts/auth.dto';
import { Database } from '../../platform/database/database.service.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { endOf } from '../../platform/periods.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { AccountStatesService, LEAVING } from '../users/account-states.service.js';
import { UsersService } from '../users/users.service.js';
import { AccountLimits } from './account-limits.js';
import type { OutsideIdentity } from './auth.domain-events.js';
import { AuthMailer } from './auth.mailer.js';
import { Credentials } from './credentials.service.js';
import { Devices } from './devices.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { AccountHistory } from './history/account-history.service.js';
import { Passwords } from './passwords.js';
import { EmailUnconfirmed, RegistrationService } from './registration.service.js';
import { ProgramsService } from './programs/programs.service.js';
import { SecurityLog } from './security-log.js';
import { SessionsService } from './sessions.service.js';

/** Who may start a session, and the version of the credentials that was proven. */
export interface Proof {
  userId: string;
  credentialsVersion: number;
  /** Nothing else need be proven, whether or not the account has two-step log-in */
  hasSecondFactor?: boolean;
  /** Whoever has been told that the account is about to be deleted, and wants to keep it */
  keepsAccount?: boolean;
  /** The log-in elsewhere that it rests on; a new one opens the account from now on */
  outside?: OutsideIdentity & { isNew: boolean };
}

/** Proving, changing and recovering passwords. */
@Injectable()
export class AuthService implements OnModuleInit {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: AccountStatesService,
    private readonly credentials: Credentials,
    private readonly registration: RegistrationService,
    private readonly sessions: SessionsService,
    private readonly tokens: EmailTokensRepository,
    private readonly programs: ProgramsService,
    private readonly history: AccountHistory,
    private readonly passwords: Passwords,
    private readonly limits: AccountLimits,
    private readonly devices: Devices,
    private readonly mailer: AuthMailer,
    private readonly log: SecurityLog,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('auth.clean-up', 3600, () => this.cleanUp());
  }

  /** The account with this email and password. `deviceCookie` identifies browsers that have logged in before. */
  async authenticate(
    { email, password }: LoginRequest,
    deviceCookie: string | null,
  ): Promise<Proof> {
    const user = await this.users.findByEmail(email);
    const uncount = await this.countLogin(email, user?.id ?? null, deviceCookie);
    if (!(await this.passwords.matches(password, user?.passwordHash ?? null))) {
      // With and without an account alike: the second comparison takes its time for every wrong password.
      const registered = await this.registration.withPassword(email, password);
      if (registered) {
        await uncount();
        throw registered.isWaiting
          ? refuse('waits-for-approval')
          : new EmailUnconfirmed(registered.id);
      }
      this.log.note('auth.login-failed', user?.id ?? null);
      throw refuse('wrong-credentials');
    }
    await uncount();
    const { id, credentialsVersion } = user!;
    const passwordHash = user!.passwordHash!;
    if (this.passwords.isOutdated(passwordHash)) {
      const to = await this.passwords.hash(password);
      await this.database.transaction((transaction) =>
        this.users.replaceHash(transaction, id, { from: passwordHash, to }),
      );
    }
    return { userId: id, credentialsVersion };
  }

  /** Does the same work whether or not the address has an account. */
  async forgotPassword(email: string, deviceCookie: string | null): Promise<void> {
    const user = await this.users.findByEmail(email);
    const device = user && this.devices.known(deviceCookie, user.id);
    if (!(await this.limits.mayMail(email, device))) return;
    await this.database.transaction((transaction) =>
      this.mailer.passwordForgotten(transaction, email, user?.credentialsVersion ?? null),
    );
    this.log.note('auth.password-forgotten', user?.id ?? null);
  }

  /** Returns the id of the account. */
  async resetPassword({ token, newPassword }: ResetPasswordRequest): Promise<string> {
    const now = new Date().toISOString();
    const link = await this.tokens.find(token, ['password-reset'], now);
    const owner = link && (await this.users.findCredentials(link.subjectId));
    if (!owner) throw this.log.linkRefused('password-reset');
    this.passwords.assertUncommon('newPassword', newPassword, owner);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async (transaction) => {
      const user = await this.credentials.unchanged(transaction, owner.id, link.credentialsVersion);
      if (!user || !(await this.tokens.use(transaction, link, now)))
        throw this.log.linkRefused('password-reset', owner.id);
      await this.credentials.change(transaction, user.id, { passwordHash }, null);
      await this.mailer.passwordChanged(transaction, user.email);
    });
    this.log.note('auth.password-reset', owner.id);
    return owner.id;
  }

  /** Ends every other session; the caller gives the current one a new secret. */
  async changePassword(
    viewer: RequestViewer,
    { currentPassword, newPassword }: ChangePasswordRequest,
  ): Promise<Proof> {
    const { userId, sessionId } = viewer;
    const user = await this.credentials.prove(viewer, 'currentPassword', currentPassword);
    this.passwords.assertUncommon('newPassword', newPassword, user);
    const passwordHash = await this.passwords.hash(newPassword);
    const credentialsVersion = await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(
        transaction,
        viewer,
        'currentPassword',
        user.credentialsVersion,
      );
      await this.mailer.passwordChanged(transaction, user.email);
      return this.credentials.change(transaction, userId, { passwordHash }, sessionId);
    });
    this.log.note('auth.password-changed', userId);
    return { userId, credentialsVersion };
  }

  /** When the account of somebody who is leaving will be deleted. */
  async deletesAt(userId: string): Promise<string> {
    const since = await this.accounts.since(userId, 'leaving');
    if (since === null) throw notFound();
    return endOf(since, LEAVING);
  }

  /** In batches, because strangers decide how many rows there are. */
  private async cleanUp(): Promise<void> {
    const now = new Date().toISOString();
    await this.database.inBatches((transaction, limit) =>
      this.sessions.endExpired(transaction, now, limit),
    );
    await this.database.inBatches((transaction, limit) =>
      this.tokens.deleteExpired(transaction, now, limit),
    );
    await this.database.inBatches((transaction, limit) =>
      this.history.forgetOld(transaction, limit),
    );
    await this.database.inBatches((transaction, limit) =>
      this.programs.deleteEnded(transaction, now, limit),
    );
    await this.database.inBatches((transaction, limit) =>
      this.registration.forgetExpired(transaction, now, limit),
    );
  }

  private async countLogin(email: string, userId: string | null, deviceCookie: string | null) {
    const device = userId && this.devices.known(deviceCookie, userId);
    try {
      return await this.limits.countLogin(email, device);
    } catch (refused) {
      this.log.note('auth.login-limited', userId);
      throw refused;
    }
  }
}
