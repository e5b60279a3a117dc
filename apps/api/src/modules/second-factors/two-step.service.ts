import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  AppSetup,
  ConfirmAppRequest,
  FreshProof,
  RecoveryCodes,
  TwoStepOn,
  TwoStepState,
} from '@echomate/contracts/second-factors.dto';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { SiteService } from '../../platform/site/site.service.js';
import { Credentials } from '../auth/credentials.service.js';
import { UsersService } from '../users/users.service.js';
import { newSecret, stepOf, uriOf } from './app-codes.js';
import { FreshProofService } from './fresh-proof.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { newCodes, readable } from './recovery-codes.js';
import { SecondFactorsMailer } from './second-factors.mailer.js';
import { Secrets } from './secrets.js';
import { TwoStepRepository } from './two-step.repository.js';

const SETUP_MS = 30 * 60_000;
export const RESET_SECOND_FACTORS = 'second-factors.reset';

/** An app that is being set up; sealed, the browser keeps it until the first code. */
interface Setup {
  secret: string;
  credentialsVersion: number;
  until: number;
}

/** Turning two-step log-in on and off, and its recovery codes. */
@Injectable()
export class TwoStepService implements OnModuleInit {
  constructor(
    private readonly repository: TwoStepRepository,
    private readonly passkeys: PasskeysRepository,
    private readonly freshProof: FreshProofService,
    private readonly credentials: Credentials,
    private readonly users: UsersService,
    private readonly secrets: Secrets,
    private readonly mailer: SecondFactorsMailer,
    private readonly site: SiteService,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    // `npm run db -- reset-second-factors` asks for it.
    this.jobs.handle<{ userId: string }>(RESET_SECOND_FACTORS, ({ userId }, run) =>
      this.reset(userId, run),
    );
  }

  async state({ userId }: RequestViewer): Promise<TwoStepState> {
    const row = await this.repository.find(userId);
    return {
      isOn: row !== null,
      hasApp: row !== null && row.appSecret !== null,
      since: row?.since ?? null,
      recoveryCodesLeft: await this.repository.countCodes(userId),
      passkeyCount: await this.passkeys.count(userId),
    };
  }

  /** Nothing is stored yet: somebody who doesn't get as far as the first code is not locked out. */
  async beginApp(viewer: RequestViewer, proof: FreshProof): Promise<AppSetup> {
    const proven = await this.freshProof.prove(viewer, proof);
    await this.database.transaction((transaction) => proven.confirm(transaction));
    const secret = newSecret();
    const { email, credentialsVersion } = proven;
    const setup: Setup = { secret, credentialsVersion, until: Date.now() + SETUP_MS };
    return {
      setup: this.secrets.seal(JSON.stringify(setup), 'app setup', ownerOf(viewer)),
      secret,
      uri: uriOf(secret, await this.site.name(), email),
    };
  }

  async confirmApp(viewer: RequestViewer, request: ConfirmAppRequest): Promise<TwoStepOn> {
    const { userId } = viewer;
    const { secret, credentialsVersion } = this.opened(viewer, request.setup);
    const step = stepOf(secret, request.code);
    if (step === null) throw invalidField('code', 'wrong-code');
    const appSecret = this.secrets.seal(secret, 'app secret', userId);
    const codes = await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'code', credentialsVersion);
      const { email } = (await this.users.findCredentials(userId, transaction))!;
      if (!(await this.repository.find(userId, transaction)))
        return this.turnOn(transaction, viewer, { email, appSecret, step });
      // A code that has logged in must not, by way of setting up the same app again, log in once more.
      if (!(await this.repository.useStep(transaction, userId, step)))
        throw invalidField('code', 'wrong-code');
      await this.repository.useApp(transaction, userId, appSecret);
      await this.credentials.outdate(transaction, userId);
      await this.mailer.tell(transaction, email, 'appChanged');
      return null;
    });
    this.credentials.note('auth.two-step-on', userId);
    return { codes };
  }

  /** For those who have no app: a passkey is asked for after the password. */
  async turnOnWithPasskeys(viewer: RequestViewer, proof: FreshProof): Promise<TwoStepOn> {
    const { userId } = viewer;
    const proven = await this.freshProof.prove(viewer, proof);
    const codes = await this.database.transaction(async (transaction) => {
      await proven.confirm(transaction);
      if (!(await this.passkeys.count(userId, transaction))) throw refuse('no-passkeys');
      if (await this.repository.find(userId, transaction)) return null;
      const { email } = proven;
      return this.turnOn(transaction, viewer, { email, appSecret: null, step: 0 });
    });
    if (codes) this.credentials.note('auth.two-step-on', userId);
    return { codes };
  }

  async turnOff(viewer: RequestViewer, proof: FreshProof): Promise<void> {
    const { userId } = viewer;
    const proven = await this.freshProof.prove(viewer, proof);
    await this.database.transaction(async (transaction) => {
      await proven.confirm(transaction);
      if (!(await this.repository.delete(transaction, userId))) return;
      await this.credentials.outdate(transaction, userId);
      await this.mailer.tell(transaction, proven.email, 'twoStepOff');
    });
    this.credentials.note('auth.two-step-off', userId);
  }

  /** The old ones end. */
  async makeCodes(viewer: RequestViewer, proof: FreshProof): Promise<RecoveryCodes> {
    const { userId } = viewer;
    const proven = await this.freshProof.prove(viewer, proof);
    const codes = await this.database.transaction(async (transaction) => {
      await proven.confirm(transaction);
      if (!(await this.repository.find(userId, transaction))) throw refuse('two-step-off');
      await this.credentials.outdate(transaction, userId);
      await this.mailer.tell(transaction, proven.email, 'codesMade');
      return this.replaceCodes(transaction, userId);
    });
    this.credentials.note('auth.recovery-codes-made', userId);
    return { codes };
  }

  hashOf(userId: string, code: string): string {
    return this.secrets.mac(`${userId} ${code}`, 'recovery codes').toString('base64url');
  }

  /** Ends what the password alone has let in, but for the session that turns it on. */
  private async turnOn(
    transaction: Transaction,
    { userId, sessionId }: RequestViewer,
    { email, appSecret, step }: { email: string; appSecret: string | null; step: number },
  ): Promise<string[]> {
    const since = new Date().toISOString();
    await this.repository.insert(transaction, { userId, appSecret, lastStep: step, since });
    await this.credentials.change(transaction, userId, {}, sessionId);
    await this.mailer.tell(transaction, email, 'twoStepOn');
    return this.replaceCodes(transaction, userId);
  }

  private async replaceCodes(transaction: Transaction, userId: string): Promise<string[]> {
    const codes = newCodes();
    const hashes = codes.map((code) => this.hashOf(userId, code));
    await this.repository.replaceCodes(transaction, userId, hashes);
    return codes.map(readable);
  }

  private opened(viewer: RequestViewer, sealed: string): Setup {
    const text = this.secrets.open(sealed, 'app setup', ownerOf(viewer));
    const setup = text === null ? null : (JSON.parse(text) as Setup);
    if (!setup || setup.until < Date.now()) throw invalidField('setup', 'setup-over');
    return setup;
  }

  private async reset(userId: string, run: JobRun): Promise<void> {
    await run.commit(async (transaction) => {
      await locks.users(transaction, userId);
      const user = await this.users.findCredentials(userId, transaction);
      if (!user) return;
      await this.repository.delete(transaction, userId);
      await this.passkeys.deleteOf(transaction, userId);
      await this.credentials.outdate(transaction, userId);
      await this.mailer.tell(transaction, user.email, 'allReset');
    });
    this.credentials.note('auth.second-factors-reset', userId);
  }
}

/** A setup belongs to the session that has proven itself. */
const ownerOf = ({ userId, sessionId }: RequestViewer) => `${userId} ${sessionId}`;
