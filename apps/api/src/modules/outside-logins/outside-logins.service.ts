import { Injectable } from '@nestjs/common';
import type {
  BeginOutsideLogin,
  OutsideNext,
  RegisterFromOutside,
  UnfinishedLogin,
} from '@echomate/contracts/outside-logins.dto';
import * as client from 'openid-client';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, notFound, Refusal, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { AuthService, type Proof } from '../auth/auth.service.js';
import { ConfirmedRegistrationsService } from '../auth/confirmed-registrations.service.js';
import { Credentials } from '../auth/credentials.service.js';
import { UsersService } from '../users/users.service.js';
import { ConnectedLoginsService } from './connected-logins.service.js';
import { IdentitiesRepository } from './identities.repository.js';
import type { Begun, Named } from './outside-cookies.js';
import type { Outsider } from './outside.strategy.js';
import { Providers } from './providers.js';

/** What a provider's answer leads to: a log-in, or a page that asks for what is missing. */
export type Outcome =
  { proof: Proof } | { next: Exclude<OutsideNext, 'home'>; named: Named | null };

/** What a wrong password at log-in may be answered with. */
const NOT_THE_PASSWORD = ['wrong-credentials', 'email-unconfirmed', 'waits-for-approval'];

/** Logging in, registering and connecting with what another site says of somebody. */
@Injectable()
export class OutsideLoginsService {
  constructor(
    private readonly providers: Providers,
    private readonly identities: IdentitiesRepository,
    private readonly connected: ConnectedLoginsService,
    private readonly auth: AuthService,
    private readonly registrations: ConfirmedRegistrationsService,
    private readonly credentials: Credentials,
    private readonly users: UsersService,
    private readonly database: Database,
  ) {}

  async begin(
    name: string,
    { next = null, invitation = null, connects }: BeginOutsideLogin,
    viewer: RequestViewer | undefined,
  ): Promise<{ url: string; begun: Begun }> {
    const provider = this.providers.named(name);
    if (connects && !viewer) throw refuse('outside-not-begun');
    const begun = {
      provider: name,
      next,
      invitation,
      sessionId: connects ? viewer!.sessionId : null,
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    return { url: (await provider.begin(begun)).href, begun };
  }

  /** Refuses what this browser has not begun: the log-in of somebody else must not be put on it. */
  assertBegun(
    name: string,
    query: URLSearchParams,
    begun: Begun | null,
    viewer: RequestViewer | undefined,
  ): Begun {
    if (
      begun?.provider !== name ||
      query.get('state') !== begun.state ||
      (begun.sessionId !== null && begun.sessionId !== viewer?.sessionId)
    ) {
      this.noteRefused(name, 'not-begun');
      throw refuse('outside-not-begun');
    }
    return begun;
  }

  async outcomeOf(
    outsider: Outsider,
    begun: Begun,
    viewer: RequestViewer | undefined,
  ): Promise<Outcome> {
    const { identity, ...person } = outsider;
    const { provider, next, invitation, sessionId } = begun;
    const { label } = this.providers.named(provider);
    const named = { identity, ...person, provider, next, invitation, sessionId };
    const known = await this.identities.find(identity);
    if (sessionId !== null) {
      const { userId } = viewer!;
      if (known?.userId === userId) return { next: 'settings', named: null };
      if (known?.userId) throw refuse('outside-taken', { label });
      return { next: 'connect', named: { ...named, userId } };
    }
    if (known?.userId) return { proof: await this.proofOf(known.userId, outsider) };
    if (known) throw refuse('waits-for-approval');
    if (person.email === null) {
      this.noteRefused(provider, 'email-unconfirmed');
      throw refuse('outside-email-unconfirmed', { label });
    }
    const owner = await this.registrations.ownerOf(person.email);
    if (owner === 'waits') throw refuse('waits-for-approval');
    if (owner === 'kept') throw refuse('address-kept');
    return owner
      ? { next: 'connect', named: { ...named, userId: owner.userId } }
      : { next: 'register', named: { ...named, userId: null } };
  }

  /** For the page that asks for what is missing. */
  async unfinished(
    named: Named | null,
    viewer: RequestViewer | undefined,
  ): Promise<UnfinishedLogin> {
    const { provider, email, firstName, lastName, userId, invitation } = this.assertTheirs(
      named,
      viewer,
    );
    const user = userId === null ? null : await this.users.findCredentials(userId);
    return {
      label: this.providers.named(provider).label,
      email,
      firstName,
      lastName,
      invitation,
      next: userId === null ? 'register' : 'connect',
      hasPassword: user?.passwordHash != null,
    };
  }

  /** For somebody signed in. */
  async connect(named: Named, viewer: RequestViewer, password: string): Promise<void> {
    const { credentialsVersion } = await this.credentials.prove(viewer, 'password', password);
    await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      await this.connected.connect(transaction, viewer.userId, named.identity);
    });
  }

  /** For whoever says to have an account: its password, by the rules and limits of logging in, and with its end. */
  async proveAccount(
    { identity, email, userId }: Named,
    password: string,
    device: string | null,
  ): Promise<Proof> {
    const owner = email && (await this.users.findByEmail(email));
    // The account may have moved to another address since.
    if (!owner || owner.id !== userId) throw refuse('outside-not-begun');
    try {
      const proof = await this.auth.authenticate({ email, password }, device);
      if (proof.userId !== userId) throw refuse('outside-not-begun');
      return { ...proof, outside: { ...identity, isNew: true } };
    } catch (refused) {
      if (refused instanceof Refusal && NOT_THE_PASSWORD.includes(refused.code))
        throw owner.passwordHash === null
          ? invalidField('password', 'no-password')
          : invalidField('password', 'wrong-password');
      throw refused;
    }
  }

  /** Null if an admin has to let them in. */
  async register(named: Named, form: RegisterFromOutside): Promise<Proof | null> {
    const { identity, email } = named;
    const remember = async (transaction: Transaction, id: string) => {
      // Two requests may run at once, or the same form may be sent twice.
      if (!(await this.identities.insert(transaction, identity, { registrationId: id })))
        throw refuse('conflict');
    };
    const userId = await this.registrations.register(form, email!, remember);
    return userId === null
      ? null
      : { userId, credentialsVersion: 1, outside: { ...identity, isNew: false } };
  }

  /** What this browser was asked for, if it still is the same person's. */
  assertTheirs(named: Named | null, viewer: RequestViewer | undefined): Named {
    if (!named || (named.sessionId !== null && named.sessionId !== viewer?.sessionId))
      throw refuse('outside-not-begun');
    return named;
  }

  noteRefused(provider: string, reason: string): void {
    this.credentials.note('auth.outside-refused', null, { provider, reason });
  }

  private async proofOf(userId: string, { identity }: Outsider): Promise<Proof> {
    const user = await this.users.findCredentials(userId);
    if (!user) throw notFound();
    const { credentialsVersion } = user;
    return { userId, credentialsVersion, outside: { ...identity, isNew: false } };
  }
}
