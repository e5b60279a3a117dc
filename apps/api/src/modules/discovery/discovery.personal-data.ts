import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  itemsOf,
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { DiscoverySettingsRepository } from './discovery-settings.repository.js';
import { DismissalsRepository } from './dismissals.repository.js';
import { DismissalsService } from './dismissals.service.js';

@Injectable()
export class DiscoveryPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'discovery';
  readonly tables = {
    dismissals: (userId: string) => itemsOf((page) => this.service.list(userId, page)),
    discovery_settings: (userId: string) => this.settings.settingsOf(userId),
  };

  constructor(
    private readonly service: DismissalsService,
    private readonly dismissals: DismissalsRepository,
    private readonly settings: DiscoverySettingsRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** What the person dismissed, and where others dismissed the person. */
  async remove(userId: string): Promise<void> {
    await this.database.inBatches((transaction, limit) =>
      this.dismissals.deleteSomeOf(transaction, userId, limit),
    );
    await this.database.transaction((transaction) => this.settings.delete(transaction, userId));
  }
}
