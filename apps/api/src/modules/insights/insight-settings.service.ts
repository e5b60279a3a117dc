import { Injectable } from '@nestjs/common';
import type { InsightSettings, InsightSettingsRequest } from '@echomate/contracts/insights.dto';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { InsightSettingsRepository } from './insight-settings.repository.js';
import { InsightsRemovalService } from './insights-removal.service.js';

@Injectable()
export class InsightSettingsService {
  constructor(
    private readonly repository: InsightSettingsRepository,
    private readonly removal: InsightsRemovalService,
    private readonly database: Database,
  ) {}

  find(userId: string): Promise<InsightSettings> {
    return this.repository.find(userId);
  }

  save(userId: string, changes: InsightSettingsRequest): Promise<InsightSettings> {
    return this.database.transaction(async (transaction) => {
      await locks.insights(transaction, [userId]);
      const before = await this.repository.find(userId, transaction);
      const settings = { ...before, ...changes };
      await this.repository.save(transaction, userId, settings);
      if (before.isKept && !settings.isKept) await this.removal.removeSoon(transaction, userId);
      return settings;
    });
  }
}
