import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  PasskeyQuestion,
  SecondStepChoices,
  SecondStepRequest,
} from '@echomate/contracts/second-factors.dto';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, notFound } from '../../platform/http/problem.js';
import { currentNetwork, RateLimits } from '../../platform/http/rate-limits.js';
import type { Proof } from '../auth/auth.service.js';
import { Credentials } from '../auth/credentials.service.js';
import { SecondStepsService } from '../auth/second-steps.service.js';
import { stepOf } from './app-codes.js';
import type { TwoStepLogin } from './entities/two-step-login.entity.js';
import { PasskeyAnswersService } from './passkey-answers.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { SecondFactorsMailer } from './second-factors.mailer.js';
import { Secrets } from './secrets.js';
import { TwoStepRepository } from './two-step.repository.js';
import { TwoStepService } from './two-step.service.js';

/**
 * Failed tries. Whoever makes them knows the password, so they are few: a million codes, of which three are right at a
 * time, are never tried through. A browser that has logged in before has a counter of its own, as at log-in.
 */
const TRIES = { perPair: 10, perDevice: 10, perMinutes: 15 };
const TRIES_OF_ACCOUNT = { count: 50, perMinutes: 24 * 60 };
/** All known browsers together: whoever reads the owner's mail gets to be one with each new password. */
const TRIES_OF_DEVICES = { count: 100, perMinutes: 24 * 60 };

const APP_CODE = /^\d{6}$/;

/** The second step of a log-in. */
@Injectable()
export class SecondStepService implements OnModuleInit {
  constructor(
    private readonly repository: TwoStepRepository,
    private readonly twoStep: TwoStepService,
    private readonly passkeys: PasskeysRepository,
    private readonly answers: PasskeyAnswersService,
    private readonly credentials: Credentials,
    private readonly steps: SecondStepsService,
    private readonly secrets: Secrets,
    private readonly mailer: SecondFactorsMailer,
    private readonly limits: RateLimits,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.steps.register(
      async (userId, reader) => (await this.repository.find(userId, reader)) !== null,
    );
  }

  async choices({ userId }: Proof): Promise<SecondStepChoices> {
    const row = await this.repository.find(userId);
    if (!row) throw notFound();
    return {
      app: row.appSecret !== null,
      passkey: (await this.passkeys.count(userId)) > 0,
      recoveryCode: (await this.repository.countCodes(userId)) > 0,
    };
  }

  async question({ userId }: Proof, browser: string): Promise<PasskeyQuestion> {
    const passkeys = await this.passkeys.findOf(userId);
    if (!passkeys.length) throw notFound();
    return this.answers.question(askedOf(userId, browser), passkeys);
  }

  /** What is proven now. `device` identifies a browser that has logged in before. */
  async take(
    proof: Proof,
    { code, passkey }: SecondStepRequest,
    { browser, device }: { browser: string; device: string | null },
  ): Promise<Proof> {
    const { userId } = proof;
    if (!passkey && code === undefined) throw invalidField('code', 'required');
    const uncount = await this.count(userId, device);
    if (passkey) {
      const answer = await this.answers.judge(passkey, askedOf(userId, browser), userId);
      await this.inTurn(proof, (transaction) => answer.use(transaction));
    } else {
      await this.inTurn(proof, async (transaction, row, email) => {
        if (!(await this.isRight(transaction, row, email, code!))) throw this.wrongCode(userId);
      });
    }
    await uncount();
    return { ...proof, hasSecondFactor: true };
  }

  /** Under the person's lock, so that of two who use the same code at once one is too late. */
  private inTurn(
    { userId, credentialsVersion }: Proof,
    use: (transaction: Transaction, row: TwoStepLogin, email: string) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const user = await this.credentials.unchanged(transaction, userId, credentialsVersion);
      const row = await this.repository.find(userId, transaction);
      // The password was changed, or two-step log-in turned off: the log-in begins anew.
      if (!user || !row) throw notFound();
      await use(transaction, row, user.email);
    });
  }

  private async isRight(
    transaction: Transaction,
    { userId, appSecret }: TwoStepLogin,
    email: string,
    code: string,
  ): Promise<boolean> {
    if (APP_CODE.test(code)) {
      const secret = appSecret && this.secrets.open(appSecret, 'app secret', userId);
      const step = secret ? stepOf(secret, code) : null;
      return step !== null && this.repository.useStep(transaction, userId, step);
    }
    const hash = this.twoStep.hashOf(userId, code);
    if (!(await this.repository.useCode(transaction, userId, hash))) return false;
    const left = await this.repository.countCodes(userId, transaction);
    await this.mailer.codeUsed(transaction, email, left);
    this.credentials.note('auth.recovery-code-used', userId);
    return true;
  }

  private wrongCode(userId: string) {
    this.credentials.note('auth.second-factor-failed', userId);
    return invalidField('code', 'wrong-code');
  }

  /** Counts a try and returns a function that uncounts it, because only failures count. */
  private async count(userId: string, device: string | null): Promise<() => Promise<void>> {
    const { perPair, perDevice, perMinutes } = TRIES;
    const together = device ? TRIES_OF_DEVICES : TRIES_OF_ACCOUNT;
    const tries: [string, string, number, number][] = device
      ? [
          ['second step by device', `${device} ${userId}`, perDevice, perMinutes],
          ['second step by devices', userId, together.count, together.perMinutes],
        ]
      : [
          ['second step by pair', `${currentNetwork()} ${userId}`, perPair, perMinutes],
          ['second step by account', userId, together.count, together.perMinutes],
        ];
    try {
      for (const [what, who, allowed, minutes] of tries)
        await this.limits.count(what, who, allowed, minutes);
    } catch (refused) {
      this.credentials.note('auth.second-factor-limited', userId);
      throw refused;
    }
    return async () => {
      for (const [what, who] of tries) await this.limits.uncount(what, who);
    };
  }
}

const askedOf = (userId: string, browser: string) =>
  ({ purpose: 'second-step', of: `${browser} ${userId}` }) as const;
