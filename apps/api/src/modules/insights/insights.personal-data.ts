import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { InsightSettingsRepository } from './insight-settings.repository.js';
import { InsightsRemovalService } from './insights-removal.service.js';

@Injectable()
export class InsightsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'insights';
  readonly tables = {
    post_viewers: 'only keeps somebody from being counted twice',
    profile_visitors: 'only keeps somebody from being counted twice on a day',
    reached_posts: 'counts others, as the page of insights tells',
    post_reach: 'counts others, as the page of insights tells',
    insight_sums: 'counts others, as the page of insights tells',
    active_people: 'only keeps somebody from being counted twice in a week',
    insight_settings: (userId: string) => this.settingsOf(userId),
  };

  constructor(
    private readonly removal: InsightsRemovalService,
    private readonly settings: InsightSettingsRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** What the person has viewed stays in the sums of others, where nobody is named. */
  async remove(userId: string): Promise<void> {
    await this.removal.removeViewsBy(userId);
    await this.removal.removeOf(userId);
    await this.database.transaction((transaction) => this.settings.delete(transaction, userId));
  }

  private async *settingsOf(userId: string): AsyncGenerator<object> {
    const settings = await this.settings.findStored(userId);
    if (settings) yield settings;
  }
}
