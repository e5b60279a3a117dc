import { Injectable } from '@nestjs/common';
import type { Joining } from '@echomate/contracts/auth.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { refuse } from '../../platform/http/problem.js';
import { HandlesService } from '../users/handles.service.js';
import { UsersService } from '../users/users.service.js';
import { AdmissionService } from './admission.service.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { profileOf, RegistrationService } from './registration.service.js';
import { RegistrationsRepository } from './registrations.repository.js';

/** Whose an address is that somebody is known to have. */
export type AddressOwner = { userId: string } | 'waits' | 'kept' | null;

/** Registering with an address that somebody else has confirmed: no mail is sent, and no password is needed. */
@Injectable()
export class ConfirmedRegistrationsService {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly registration: RegistrationService,
    private readonly admission: AdmissionService,
    private readonly handles: HandlesService,
    private readonly users: UsersService,
    private readonly tokens: EmailTokensRepository,
    private readonly database: Database,
  ) {}

  /** Only for whoever is known to have the address: an account's, of one that waits, reserved for another, or nobody's. */
  async ownerOf(email: string): Promise<AddressOwner> {
    const user = await this.users.findByEmail(email);
    if (user) return { userId: user.id };
    const now = new Date().toISOString();
    if (await this.tokens.findReturn(email, now, this.database)) return 'kept';
    const newest = await this.registrations.findNewestOf(email, now);
    return newest?.confirmedAt ? 'waits' : null;
  }

  /**
   * Opens the account, or keeps the registration for an admin and returns null. `remember` notes in the same
   * transaction, under the lock of accounts, what comes with the registration.
   */
  async register(
    request: Joining,
    email: string,
    remember: (transaction: Transaction, registrationId: string) => Promise<void>,
  ): Promise<string | null> {
    if (request.handle) await this.handles.assertFree(request.handle, request);
    const asked = await this.admission.ask(request);
    const userId = await this.database.transaction(async (transaction) => {
      await this.registration.lockAddresses(transaction);
      if (await this.registration.isTaken(transaction, email)) throw refuse('conflict');
      const now = new Date().toISOString();
      const registration = {
        id: uuid(),
        email,
        passwordHash: null,
        browserHash: null,
        profile: JSON.stringify(profileOf(request)),
        ...asked,
        confirmedAt: null,
        createdAt: now,
        expiresAt: now,
      };
      await this.registrations.insert(transaction, registration);
      await remember(transaction, registration.id);
      return this.registration.admit(transaction, registration, now);
    });
    this.registration.noteAdmission(userId);
    return userId;
  }
}
