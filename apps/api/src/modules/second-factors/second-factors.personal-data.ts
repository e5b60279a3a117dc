import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysService } from './passkeys.service.js';
import { TwoStepRepository } from './two-step.repository.js';

@Injectable()
export class SecondFactorsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'second-factors';
  readonly tables = {
    passkeys: (userId: string) => this.exported(userId),
    two_step_logins: 'holds a secret, and says nothing else of a person',
    recovery_codes: 'holds secrets, and says nothing of a person',
  };

  constructor(
    private readonly passkeys: PasskeysService,
    private readonly passkeyRows: PasskeysRepository,
    private readonly twoStep: TwoStepRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async remove(userId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.twoStep.delete(transaction, userId);
      await this.passkeyRows.deleteOf(transaction, userId);
    });
  }

  private async *exported(userId: string) {
    yield* await this.passkeys.list(userId);
  }
}
