import { Injectable } from '@nestjs/common';
import type { DiscoverySettings } from '@echomate/contracts/discovery.dto';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { DiscoverySettingsRepository } from './discovery-settings.repository.js';
import { InterestsRepository } from './interests.repository.js';

const DEFAULTS: DiscoverySettings = { isSuggested: true, usesInterests: true };

/** What a viewer's suggestions may go by. */
export interface Interests {
  usesGroups: boolean;
  tags: string[];
}

@Injectable()
export class DiscoverySettingsService {
  constructor(
    private readonly repository: DiscoverySettingsRepository,
    private readonly interests: InterestsRepository,
    private readonly database: Database,
  ) {}

  async find(viewerId: string): Promise<DiscoverySettings> {
    return (await this.repository.find(viewerId)) ?? DEFAULTS;
  }

  async save(viewerId: string, settings: DiscoverySettings): Promise<DiscoverySettings> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, viewerId);
      await this.repository.save(transaction, viewerId, settings);
    });
    return settings;
  }

  async interestsOf(viewerId: string): Promise<Interests> {
    const { usesInterests } = await this.find(viewerId);
    return {
      usesGroups: usesInterests,
      tags: usesInterests ? await this.interests.findTags(viewerId) : [],
    };
  }
}
