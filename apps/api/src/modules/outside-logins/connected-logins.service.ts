import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConnectedLogin, ConnectedLogins } from '@echomate/contracts/outside-logins.dto';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Mailer } from '../../platform/mail/mailer.js';
import {
  AccountBroughtBack,
  AccountOpened,
  CameFromOutside,
  type OutsideIdentity,
} from '../auth/auth.domain-events.js';
import { Credentials } from '../auth/credentials.service.js';
import { UsersService } from '../users/users.service.js';
import type { Identity } from './entities/identity.entity.js';
import { IdentitiesRepository } from './identities.repository.js';
import * as mails from './outside-logins.mails.js';
import { Providers } from './providers.js';

/** Which log-ins elsewhere open an account. */
@Injectable()
export class ConnectedLoginsService implements OnModuleInit {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly providers: Providers,
    private readonly credentials: Credentials,
    private readonly users: UsersService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly mailer: Mailer,
  ) {}

  onModuleInit(): void {
    this.domainEvents.inTransaction(AccountOpened, ({ userId, registrationId }, transaction) =>
      this.identities.giveToUser(transaction, registrationId, userId),
    );
    this.domainEvents.inTransaction(AccountBroughtBack, ({ userId }, transaction) =>
      this.identities.deleteAllOf(transaction, userId),
    );
    this.domainEvents.inTransaction(CameFromOutside, (came, transaction) =>
      came.isNew
        ? this.connect(transaction, came.userId, came.identity)
        : this.use(transaction, came.userId, came.identity),
    );
  }

  async list(userId: string): Promise<ConnectedLogins> {
    const [identities, user] = await Promise.all([
      this.identities.findOfUser(userId),
      this.users.findCredentials(userId),
    ]);
    return {
      items: identities.map((identity) => this.toContract(identity)),
      hasPassword: user?.passwordHash != null,
    };
  }

  /** The caller holds the person's lock, and has had the password. */
  async connect(
    transaction: Transaction,
    userId: string,
    identity: OutsideIdentity,
  ): Promise<void> {
    const label = this.labelOf(identity.issuer);
    await this.identities.deleteWaiting(transaction, identity);
    if (!(await this.identities.insert(transaction, identity, { userId }))) {
      // The same person, twice at once.
      if ((await this.identities.find(identity, transaction))?.userId === userId) return;
      throw refuse('outside-taken', { label });
    }
    const user = await this.users.findCredentials(userId, transaction);
    const [forgot, settings] = [
      this.mailer.link('/forgot-password'),
      this.mailer.link('/settings/logins'),
    ];
    const mail = mails.connected(user!.email, label, forgot, settings);
    await this.mailer.sendLater(transaction, mail);
    this.credentials.note('auth.outside-connected', userId, { issuer: identity.issuer });
  }

  /** Whoever takes one away knows the password, so that there always is a way in. */
  async disconnect(viewer: RequestViewer, id: string, password: string): Promise<void> {
    const { credentialsVersion } = await this.credentials.prove(viewer, 'password', password);
    const { userId } = viewer;
    const { issuer } = await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      const gone = await this.identities.delete(transaction, id, userId);
      if (!gone) throw notFound();
      const user = await this.users.findCredentials(userId, transaction);
      const label = this.labelOf(gone.issuer);
      const mail = mails.disconnected(user!.email, label, this.mailer.link('/forgot-password'));
      await this.mailer.sendLater(transaction, mail);
      return gone;
    });
    this.credentials.note('auth.outside-disconnected', userId, { issuer });
  }

  /** It may have been disconnected since it was looked up. */
  private async use(
    transaction: Transaction,
    userId: string,
    identity: OutsideIdentity,
  ): Promise<void> {
    if (!(await this.identities.markUsed(transaction, identity, userId)))
      throw refuse('outside-not-begun');
  }

  private toContract({ id, issuer, createdAt, lastUsedAt }: Identity): ConnectedLogin {
    const provider = this.providers.ofIssuer(issuer);
    return {
      id,
      label: this.labelOf(issuer),
      provider: provider?.name ?? null,
      createdAt,
      lastUsedAt,
    };
  }

  private labelOf(issuer: string): string {
    return this.providers.ofIssuer(issuer)?.label ?? new URL(issuer).host;
  }
}
