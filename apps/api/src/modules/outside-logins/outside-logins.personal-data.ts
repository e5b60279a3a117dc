import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { ConnectedLoginsService } from './connected-logins.service.js';
import { IdentitiesRepository } from './identities.repository.js';

@Injectable()
export class OutsideLoginsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'outside-logins';
  readonly tables = { identities: (userId: string) => this.connected(userId) };

  constructor(
    private readonly logins: ConnectedLoginsService,
    private readonly identities: IdentitiesRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async remove(userId: string): Promise<void> {
    await this.database.transaction((transaction) =>
      this.identities.deleteAllOf(transaction, userId),
    );
  }

  private async *connected(userId: string): AsyncGenerator<object> {
    yield* (await this.logins.list(userId)).items;
  }
}
