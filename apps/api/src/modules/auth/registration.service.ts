import { Injectable } from '@nestjs/common';
import type { RegisterRequest } from '@echomate/contracts/auth.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { Pictures } from '../users/pictures.service.js';
import { UsersService } from '../users/users.service.js';
import { AuthMailer } from './auth.mailer.js';
import { Passwords } from './passwords.js';
import { RegistrationsRepository, type RegisteredProfile } from './registrations.repository.js';

const DAYS_TO_CONFIRM = 2;

/**
 * Registering and confirming. Until the mailed link is opened there is no account: a registration for
 * an address that has one does and answers exactly the same, and only the mail differs.
 */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly users: UsersService,
    private readonly pictures: Pictures,
    private readonly passwords: Passwords,
    private readonly mailer: AuthMailer,
    private readonly database: Database,
  ) {}

  async register(request: RegisterRequest, avatarPath: string | null): Promise<void> {
    this.passwords.assertUncommon('password', request.password, request.email);
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
          profile: JSON.stringify(profileOf(request)),
          avatarId,
          createdAt: new Date(now).toISOString(),
          expiresAt: new Date(now + DAYS_TO_CONFIRM * 24 * 3600_000).toISOString(),
        });
        await this.mailer.registrationReceived(transaction, id);
      });
    } catch (error) {
      if (avatarId) await this.pictures.remove('avatar', avatarId);
      throw error;
    }
  }

  /** Opens the account that waits for this confirmation; null if the address has got one meanwhile. */
  async confirm(transaction: Transaction, registrationId: string): Promise<string | null> {
    const registration = await this.registrations.find(registrationId, transaction);
    if (!registration || (await this.users.findByEmail(registration.email, transaction)))
      return null;
    await this.registrations.delete(transaction, registrationId);
    return this.users.create(transaction, {
      ...(JSON.parse(registration.profile) as RegisteredProfile),
      email: registration.email,
      passwordHash: registration.passwordHash,
      avatarId: registration.avatarId,
    });
  }

  async forgetExpired(transaction: Transaction, now: string): Promise<void> {
    for (const { id, avatarId } of await this.registrations.findExpired(transaction, now)) {
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
