import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Transaction } from '../../platform/database/statements.js';

@Injectable()
export class PresenceSettingsRepository {
  constructor(private readonly database: Database) {}

  async isVisible(userId: string): Promise<boolean> {
    const row = await this.database.one(
      sql`SELECT user_id FROM hidden_presences WHERE user_id = ${userId}`,
    );
    return row === null;
  }

  async set(transaction: Transaction, userId: string, isVisible: boolean): Promise<void> {
    await transaction.run(
      isVisible
        ? sql`DELETE FROM hidden_presences WHERE user_id = ${userId}`
        : sql`INSERT INTO hidden_presences (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`,
    );
  }
}
