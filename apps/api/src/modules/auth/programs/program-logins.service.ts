import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { RefreshRequest, TokenPair } from '@echomate/contracts/programs.dto';
import type { Scope } from '@echomate/contracts/scopes';
import type { InactiveReason } from '@echomate/contracts/users.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../../platform/database/database.service.js';
import { locks } from '../../../platform/database/locks.js';
import type { Transaction } from '../../../platform/database/statements.js';
import { invalidField, refuse } from '../../../platform/http/problem.js';
import { DAY_MS } from '../../../platform/periods.js';
import { AccountStatesService } from '../../users/account-states.service.js';
import type { Proof } from '../auth.service.js';
import { Credentials } from '../credentials.service.js';
import { SecondStepsService } from '../second-steps.service.js';
import { SecurityLog } from '../security-log.js';
import { ACCESS_SECONDS, AccessTokens, scopesIn, type Access } from './access-tokens.js';
import { ProgramSecrets, type Secret } from './program-secrets.js';
import { ProgramsRepository, type ProgramRow } from './programs.repository.js';

/** A program that is not used for this long has to log in again, and each after a year. */
const IDLE_DAYS = 30;
const { max, maxDays } = LIMITS.program;

/** Why somebody who knows the password gets no tokens: bringing an account back takes a person, on the site. */
const REFUSALS = {
  removed: 'account-gone',
  suspended: 'account-suspended',
  leaving: 'account-leaving',
  deactivated: 'log-in-on-site',
} as const satisfies Record<InactiveReason, string>;

const endOf = (createdAt: number, now: number): string =>
  new Date(Math.min(now + IDLE_DAYS * DAY_MS, createdAt + maxDays * DAY_MS)).toISOString();

/** Programs that log in with the password, and go on with tokens that replace each other. */
@Injectable()
export class ProgramLogins {
  constructor(
    private readonly repository: ProgramsRepository,
    private readonly secrets: ProgramSecrets,
    private readonly accessTokens: AccessTokens,
    private readonly credentials: Credentials,
    private readonly accounts: AccountStatesService,
    private readonly secondSteps: SecondStepsService,
    private readonly log: SecurityLog,
    private readonly database: Database,
  ) {}

  async start(
    proof: Proof,
    { name, scopes }: { name: string; scopes: Scope[] },
  ): Promise<TokenPair> {
    const { userId } = proof;
    const id = uuid();
    const refresh = this.secrets.refresh(id);
    const now = Date.now();
    const createdAt = new Date(now).toISOString();
    const row: ProgramRow = {
      id,
      userId,
      kind: 'login',
      name,
      scopes: scopes.join(' '),
      createdAt,
      lastUsedAt: createdAt,
      endsAt: endOf(now, now),
    };
    await this.database.transaction(async (transaction) => {
      await this.assertMayStart(transaction, proof);
      const others = await this.repository.findIds(transaction, row, createdAt);
      for (const oldest of others.slice(max - 1))
        await this.repository.delete(transaction, oldest.id);
      await this.repository.insert(transaction, { ...row, tokenHash: refresh.hash });
    });
    this.log.note('auth.program-login', userId, { program: id });
    return this.pair({ userId, programId: id, scopes }, refresh);
  }

  /**
   * Each refresh token works once. One that was used before has been stolen, or what replaced it has: whoever holds
   * either is out.
   */
  async refresh({ refreshToken, scopes }: RefreshRequest): Promise<TokenPair> {
    const given = this.secrets.readRefresh(refreshToken);
    const now = Date.now();
    const at = new Date(now).toISOString();
    const row = given && (await this.repository.findOpen(given.programId, at));
    if (!row) throw refuse('token-refused');
    const granted = scopesIn(row.scopes);
    const asked = scopes ?? granted;
    const next = this.secrets.refresh(row.id);
    const isReused = await this.database.transaction(async (transaction) => {
      await locks.users(transaction, row.userId);
      const isNewest = await this.repository.rotate(transaction, {
        id: row.id,
        from: given.hash,
        to: next.hash,
        now: at,
        endsAt: endOf(Date.parse(row.createdAt), now),
      });
      if (!isNewest) return (await this.repository.delete(transaction, row.id)).length > 0;
      if (asked.some((scope) => !granted.includes(scope)))
        throw invalidField('scopes', 'scope-not-granted');
      return null;
    });
    if (isReused) this.log.note('auth.refresh-reused', row.userId, { program: row.id });
    if (isReused !== null) throw refuse('token-refused');
    return this.pair({ userId: row.userId, programId: row.id, scopes: asked }, next);
  }

  /**
   * The same questions as at the start of a session (`session-store.ts`). Comparing a password takes time, so the
   * transaction checks again that it is current.
   */
  private async assertMayStart(
    transaction: Transaction,
    { userId, credentialsVersion }: Proof,
  ): Promise<void> {
    if (!(await this.credentials.unchanged(transaction, userId, credentialsVersion))) {
      this.log.note('auth.login-failed', userId);
      throw refuse('password-just-changed');
    }
    const reasons = await this.accounts.reasons(userId, transaction);
    for (const [reason, refusal] of Object.entries(REFUSALS)) {
      if (!reasons.includes(reason as InactiveReason)) continue;
      if (reason === 'suspended') this.log.note('auth.login-refused', userId);
      throw refuse(refusal);
    }
    if (await this.secondSteps.isDue(userId, transaction)) throw refuse('token-instead');
  }

  private async pair(access: Access, refresh: Secret): Promise<TokenPair> {
    return {
      accessToken: await this.accessTokens.issue(access),
      tokenType: 'Bearer',
      expiresIn: ACCESS_SECONDS,
      refreshToken: refresh.text,
      scopes: access.scopes,
    };
  }
}
