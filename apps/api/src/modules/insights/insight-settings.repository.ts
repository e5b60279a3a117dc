import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { InsightSettings } from './entities/insights.entity.js';

export type Settings = Omit<InsightSettings, 'userId'>;

const DEFAULT_SETTINGS: Settings = { isCounted: true, isKept: true, zone: null };
export const DEFAULT_ZONE = 'UTC';

@Injectable()
export class InsightSettingsRepository {
  constructor(private readonly database: Database) {}

  async find(userId: string, reader: Reader = this.database): Promise<Settings> {
    return (await this.findStored(userId, reader)) ?? DEFAULT_SETTINGS;
  }

  /** Null for whoever has never changed them. */
  async findStored(userId: string, reader: Reader = this.database): Promise<Settings | null> {
    const row = await reader.one<Settings>(sql`
      SELECT is_counted AS "isCounted", is_kept AS "isKept", zone
      FROM insight_settings WHERE user_id = ${userId}`);
    return (
      row && {
        isCounted: Boolean(row.isCounted),
        isKept: Boolean(row.isKept),
        zone: row.zone,
      }
    );
  }

  /** With the lock of the person's insights. */
  async save(transaction: Transaction, userId: string, settings: Settings): Promise<void> {
    const changed = await transaction.update(InsightSettings, { userId }, settings);
    if (!changed) await transaction.insert(InsightSettings, { userId, ...settings });
  }

  async delete(transaction: Transaction, userId: string): Promise<void> {
    await transaction.delete(InsightSettings, { userId });
  }
}
