import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type {
  AddPasskeyRequest,
  FreshProof,
  Passkey,
  PasskeyAnswer,
  PasskeyOffer,
  PasskeyQuestion,
} from '@echomate/contracts/second-factors.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { SiteService } from '../../platform/site/site.service.js';
import { AccountBroughtBack } from '../auth/auth.domain-events.js';
import type { Proof } from '../auth/auth.service.js';
import { Credentials } from '../auth/credentials.service.js';
import { UsersService } from '../users/users.service.js';
import { VALID_MS } from './challenges.js';
import type { StoredPasskey } from './entities/passkey.entity.js';
import { FreshProofService } from './fresh-proof.service.js';
import { descriptorOf, handleOf, PasskeyAnswersService } from './passkey-answers.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { SecondFactorsMailer } from './second-factors.mailer.js';
import { TwoStepRepository } from './two-step.repository.js';

/** EdDSA, ES256 and RS256, the best first */
const ALGORITHMS = [-8, -7, -257];

/** A person's passkeys, and logging in with one. */
@Injectable()
export class PasskeysService implements OnModuleInit {
  constructor(
    private readonly repository: PasskeysRepository,
    private readonly twoStep: TwoStepRepository,
    private readonly answers: PasskeyAnswersService,
    private readonly freshProof: FreshProofService,
    private readonly credentials: Credentials,
    private readonly users: UsersService,
    private readonly mailer: SecondFactorsMailer,
    private readonly site: SiteService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('second-factors.clean-up', 3600, () => this.cleanUp());
    // Whoever had moved the account may have added one.
    this.domainEvents.inTransaction(AccountBroughtBack, async ({ userId }, transaction) => {
      await this.repository.deleteOf(transaction, userId);
    });
  }

  async list(userId: string): Promise<Passkey[]> {
    return (await this.repository.findOf(userId)).map(toPasskey);
  }

  /** A passkey logs in by itself, so it has to know its owner and ask for a finger, a face or a PIN. */
  async offer(viewer: RequestViewer, proof: FreshProof): Promise<PasskeyOffer> {
    const { userId } = viewer;
    const proven = await this.freshProof.prove(viewer, proof);
    await this.database.transaction((transaction) => proven.confirm(transaction));
    const passkeys = await this.repository.findOf(userId);
    if (passkeys.length >= LIMITS.passkey.maxPerPerson)
      throw refuse('too-many-passkeys', { max: LIMITS.passkey.maxPerPerson });
    const { email, credentialsVersion } = proven;
    const { challenge, rpId } = this.answers.question(askedOf(viewer, credentialsVersion));
    return {
      challenge,
      timeout: VALID_MS,
      rp: { id: rpId, name: await this.site.name() },
      user: { id: handleOf(userId), name: email, displayName: email },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
      excludeCredentials: passkeys.map(descriptorOf),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
    };
  }

  /** The challenge is of the session and the version of the credentials that were proven for it. */
  async add(viewer: RequestViewer, request: AddPasskeyRequest): Promise<Passkey> {
    const { userId } = viewer;
    const user = await this.users.findCredentials(userId);
    if (!user) throw refuse('not-signed-in');
    const { credentialsVersion, email } = user;
    const { use, ...fields } = await this.answers.judgeNew(
      request,
      askedOf(viewer, credentialsVersion),
    );
    const passkey: StoredPasskey = {
      id: uuid(),
      userId,
      ...fields,
      name: request.name,
      createdAt: new Date().toISOString(),
      lastUsedAt: null,
    };
    await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'name', credentialsVersion);
      await use(transaction);
      const { maxPerPerson: max } = LIMITS.passkey;
      if ((await this.repository.count(userId, transaction)) >= max)
        throw refuse('too-many-passkeys', { max });
      // Two accounts may add the same passkey at once.
      await locks.passkey(transaction, passkey.credentialId);
      if (await this.repository.isKnown(transaction, passkey.credentialId))
        throw refuse('passkey-known');
      await this.repository.insert(transaction, passkey);
      await this.mailer.tell(transaction, email, 'passkeyAdded');
    });
    this.credentials.note('auth.passkey-added', userId);
    return toPasskey(passkey);
  }

  /** A name is for the owner's eyes only and opens nothing, so it takes no fresh proof. */
  async rename(userId: string, id: string, name: string): Promise<Passkey> {
    const passkey = await this.database.transaction((transaction) =>
      this.repository.rename(transaction, userId, id, name),
    );
    if (!passkey) throw notFound();
    return passkey;
  }

  async remove(viewer: RequestViewer, id: string, proof: FreshProof): Promise<void> {
    const { userId } = viewer;
    const proven = await this.freshProof.prove(viewer, proof);
    await this.database.transaction(async (transaction) => {
      await proven.confirm(transaction);
      if ((await this.repository.delete(transaction, userId, id)) === null) throw notFound();
      const twoStep = await this.twoStep.find(userId, transaction);
      const needsOne = twoStep !== null && twoStep.appSecret === null;
      if (needsOne && (await this.repository.count(userId, transaction)) === 0)
        throw refuse('last-passkey');
      await this.credentials.outdate(transaction, userId);
      await this.mailer.tell(transaction, proven.email, 'passkeyRemoved');
    });
    this.credentials.note('auth.passkey-removed', userId);
  }

  /** The same for everybody: whoever has a passkey for this site is asked by their browser. */
  question(browser: string): PasskeyQuestion {
    return this.answers.question({ purpose: 'log-in', of: browser });
  }

  /** The key, and whoever verified themselves to it, are two factors. */
  async logIn(answer: PasskeyAnswer, browser: string): Promise<Proof> {
    const { userId, use } = await this.answers.judge(answer, { purpose: 'log-in', of: browser });
    const user = await this.users.findCredentials(userId);
    if (!user) throw refuse('passkey-refused');
    await this.database.transaction(use);
    return { userId, credentialsVersion: user.credentialsVersion, hasSecondFactor: true };
  }

  private async cleanUp(): Promise<void> {
    const now = new Date().toISOString();
    await this.database.inBatches((transaction, limit) =>
      this.repository.forgetChallenges(transaction, now, limit),
    );
  }
}

const askedOf = ({ sessionId }: RequestViewer, credentialsVersion: number) =>
  ({ purpose: 'registration', of: `${sessionId} ${credentialsVersion}` }) as const;

const toPasskey = ({ id, name, createdAt, lastUsedAt }: StoredPasskey): Passkey => ({
  id,
  name,
  createdAt,
  lastUsedAt,
});
