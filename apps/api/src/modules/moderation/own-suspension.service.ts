import { Injectable } from '@nestjs/common';
import type { AppealRequest, OwnSuspension } from '@echomate/contracts/moderation.dto';
import { Database } from '../../platform/database/database.service.js';
import { notFound } from '../../platform/http/problem.js';
import type { Proof } from '../auth/auth.service.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { UsersService } from '../users/users.service.js';
import { CasesService } from './cases.service.js';
import { SuspensionsRepository } from './suspensions.repository.js';

/** Whoever is suspended can't log in. What they have proven when they tried lets them read why, and appeal. */
@Injectable()
export class OwnSuspensionService {
  constructor(
    private readonly repository: SuspensionsRepository,
    private readonly cases: CasesService,
    private readonly accounts: AccountStatesService,
    private readonly users: UsersService,
    private readonly database: Database,
  ) {}

  async show(proof: Proof | null): Promise<OwnSuspension> {
    const { userId, caseId } = await this.suspended(proof);
    return { decision: caseId === null ? null : await this.cases.own(userId, caseId) };
  }

  async appeal(proof: Proof | null, request: AppealRequest): Promise<OwnSuspension> {
    const { userId, caseId } = await this.suspended(proof);
    if (!caseId) throw notFound();
    return { decision: await this.cases.appeal(userId, caseId, request) };
  }

  /** Nothing for a proof that no longer holds, or once the account is open again. */
  private async suspended(proof: Proof | null) {
    const user = proof && (await this.users.findCredentials(proof.userId));
    if (!user || user.credentialsVersion !== proof.credentialsVersion) throw notFound();
    const reasons = await this.accounts.reasons(proof.userId);
    if (!reasons.includes('suspended')) throw notFound();
    const suspension = await this.repository.find(this.database, proof.userId);
    return { userId: proof.userId, caseId: suspension?.caseId ?? null };
  }
}
