import { Injectable } from '@nestjs/common';
import type { DiscoverySettings } from '@echomate/contracts/discovery.dto';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Sql, type Transaction } from '../../platform/database/statements.js';
import { DiscoverySetting } from './entities/discovery-setting.entity.js';

/** Whether a person wants to be suggested to others. */
export const isSuggested = (person: Sql): Sql => sql`NOT EXISTS (
  SELECT 1 FROM discovery_settings AS chosen WHERE chosen.user_id = ${person} AND NOT chosen.is_suggested)`;

@Injectable()
export class DiscoverySettingsRepository {
  constructor(private readonly database: Database) {}

  /** Null if the person has never changed anything. */
  async find(userId: string): Promise<DiscoverySettings | null> {
    const row = await this.database.one<Record<keyof DiscoverySettings, boolean | number>>(sql`
      SELECT is_suggested AS "isSuggested", uses_interests AS "usesInterests"
      FROM discovery_settings WHERE user_id = ${userId}`);
    return (
      row && {
        isSuggested: Boolean(row.isSuggested),
        usesInterests: Boolean(row.usesInterests),
      }
    );
  }

  async save(transaction: Transaction, userId: string, settings: DiscoverySettings): Promise<void> {
    await this.delete(transaction, userId);
    await transaction.insert(DiscoverySetting, { userId, ...settings });
  }

  async delete(transaction: Transaction, userId: string): Promise<void> {
    await transaction.delete(DiscoverySetting, { userId });
  }

  async *settingsOf(userId: string): AsyncGenerator<object> {
    const settings = await this.find(userId);
    if (settings) yield settings;
  }
}
