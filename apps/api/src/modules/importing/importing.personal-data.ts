import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import {
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { KnownPeopleRepository } from './known-people.repository.js';

@Injectable()
export class ImportingPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'importing';
  readonly tables = {
    imports: 'says how an import went; each post says where it came from',
    imported_things: 'keeps things from coming twice',
    known_people: 'proposes people for some days',
  };

  constructor(
    private readonly imports: ImportsService,
    private readonly repository: ImportsRepository,
    private readonly people: KnownPeopleRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async remove(userId: string): Promise<void> {
    await this.imports.removeAll(userId);
    for (const removeSome of [
      (transaction: Transaction, limit: number) =>
        this.repository.deleteSomeThingsOf(transaction, userId, limit),
      (transaction: Transaction, limit: number) =>
        this.people.deleteSomeOf(transaction, userId, limit),
    ])
      await this.database.inBatches((transaction, limit) => removeSome(transaction, limit));
  }
}
